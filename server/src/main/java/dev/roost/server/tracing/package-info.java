/**
 * Traces by OpenTelemetry: one from a request to X. Only listens; nothing here changes what Roost does. No class of it is
 * loaded unless somebody asks for traces.
 */
@NullMarked
package dev.roost.server.tracing;

import org.jspecify.annotations.NullMarked;
