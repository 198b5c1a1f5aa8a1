package dev.roost.server;

import org.eclipse.jetty.server.Request;

/** Answers the GET requests to one path. */
@FunctionalInterface
interface Endpoint {
    Reply answer(Request request);
}
