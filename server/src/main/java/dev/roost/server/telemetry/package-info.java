/**
 * What people who run Roost look at: log lines of what the engine does, and metrics in Prometheus format. Only listens;
 * nothing here changes what Roost does.
 */
@NullMarked
package dev.roost.server.telemetry;

import org.jspecify.annotations.NullMarked;
