/** Sends alerts to webhooks: what they say, how they are signed, where they may go, and when they are tried again. */
@NullMarked
package dev.roost.server.alerting;

import org.jspecify.annotations.NullMarked;
