/** Webhooks in the dashboard: how they fare, and what could not be delivered. */
@NullMarked
package dev.roost.server.dashboard.alerts;

import org.jspecify.annotations.NullMarked;
