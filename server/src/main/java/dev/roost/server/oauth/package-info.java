/**
 * Access tokens of agents: JWTs of one authorization server, for this server alone. Knows no request and no route; the gate
 * asks {@link dev.roost.server.oauth.AccessTokens} what a token is worth.
 */
@NullMarked
package dev.roost.server.oauth;

import org.jspecify.annotations.NullMarked;
