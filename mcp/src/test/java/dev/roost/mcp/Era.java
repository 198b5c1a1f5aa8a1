package dev.roost.mcp;

/** The two ways to speak. */
enum Era {
    LEGACY,
    MODERN
}
