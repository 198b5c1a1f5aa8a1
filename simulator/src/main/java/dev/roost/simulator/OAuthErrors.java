package dev.roost.simulator;

/** The error bodies of X's token endpoint. It says {@code invalid_request} where RFC 6749 says {@code invalid_grant}. */
final class OAuthErrors {

    private OAuthErrors() {}

    static Answer missing(String parameter) {
        return invalidRequest("Missing required parameter [" + parameter + "].");
    }

    static Answer token() {
        return invalidRequest("Value passed for the token was invalid.");
    }

    static Answer code() {
        return invalidRequest("Value passed for the authorization code was invalid.");
    }

    static Answer redirectUri() {
        return invalidRequest("Value passed for the redirect uri did not match the uri of the authorization code.");
    }

    static Answer verifier() {
        return invalidRequest("Value passed for the code verifier was invalid.");
    }

    static Answer grantType() {
        return invalidRequest("Value passed for the grant type was invalid. "
                + "Grant type should be one of [authorization_code, refresh_token].");
    }

    static Answer clientId() {
        return error(400, "invalid_client", "Value passed for the client id was invalid.");
    }

    static Answer header() {
        return error(401, "unauthorized_client", "Missing valid authorization header");
    }

    private static Answer invalidRequest(String description) {
        return error(400, "invalid_request", description);
    }

    private static Answer error(int status, String error, String description) {
        return Answer.json(status, Json.object().put("error", error).put("error_description", description));
    }
}
