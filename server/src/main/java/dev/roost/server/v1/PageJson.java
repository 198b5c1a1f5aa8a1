package dev.roost.server.v1;

import java.util.List;
import java.util.Optional;

/** A part of a list; the cursor leads to the next, and is null at the end. */
record PageJson(List<?> data, Optional<String> nextCursor) {}
