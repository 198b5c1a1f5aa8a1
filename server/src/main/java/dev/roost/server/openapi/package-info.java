/** The description of the HTTP API, OpenAPI 3.1. */
@NullMarked
package dev.roost.server.openapi;

import org.jspecify.annotations.NullMarked;
