/** What an operator should hear of, when, and where to: alerts, their outbox, and the webhooks they are sent to. */
@NullMarked
package dev.roost.core.alerting;

import org.jspecify.annotations.NullMarked;
