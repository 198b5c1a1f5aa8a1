package dev.roost.server.http;

import dev.roost.core.access.KeyScope;
import java.util.Set;

/**
 * One operation of the server.
 *
 * @param method of HTTP, or {@code *} for any
 * @param path where
 * @param operation its name in the audit trail and in metrics
 * @param access who may call it
 * @param about which account it is about; the gate lets in only keys that cover it
 * @param form how its errors look
 * @param endpoint who answers
 */
public record Route(
        String method,
        PathTemplate path,
        String operation,
        Access access,
        About about,
        ErrorForm form,
        Endpoint endpoint) {

    /** Where a request names the account that it is about. */
    public enum About {
        /** Nowhere. */
        NO_ACCOUNT,
        /** As {@code {account}} in the path. */
        PATH,
        /** In the header {@code Roost-Account}. */
        HEADER
    }

    /** A route that takes a key with this scope, about the account in its path if it has one. */
    public static Route keyed(String method, String path, String operation, KeyScope scope, Endpoint endpoint) {
        return keyed(method, path, operation, Set.of(scope), endpoint);
    }

    /** A route that takes a key with one of these scopes, or any key when there are none. */
    public static Route keyed(String method, String path, String operation, Set<KeyScope> anyOf, Endpoint endpoint) {
        PathTemplate template = PathTemplate.of(path);
        About about = template.names().contains("account") ? About.PATH : About.NO_ACCOUNT;
        return new Route(method, template, operation, new Access.Keyed(anyOf), about, ErrorForm.PROBLEM, endpoint);
    }

    /** A GET route that anybody may call. */
    public static Route open(String path, String operation, Endpoint endpoint) {
        return new Route(
                "GET",
                PathTemplate.of(path),
                operation,
                new Access.Open(),
                About.NO_ACCOUNT,
                ErrorForm.PROBLEM,
                endpoint);
    }

    /**
     * A route of the dashboard, for people who signed in with a key that has one of these scopes; about the account in its path
     * if it has one.
     */
    public static Route browser(
            String method, String path, String operation, Set<KeyScope> anyOf, ErrorForm form, Endpoint endpoint) {
        PathTemplate template = PathTemplate.of(path);
        About about = template.names().contains("account") ? About.PATH : About.NO_ACCOUNT;
        return new Route(method, template, operation, new Access.Browser(anyOf), about, form, endpoint);
    }

    /** Returns the same route about the account in the header {@code Roost-Account}. */
    public Route aboutHeader() {
        return new Route(method, path, operation, access, About.HEADER, form, endpoint);
    }

    boolean takes(String asked) {
        return method.equals("*") || method.equals(asked) || (method.equals("GET") && asked.equals("HEAD"));
    }
}
