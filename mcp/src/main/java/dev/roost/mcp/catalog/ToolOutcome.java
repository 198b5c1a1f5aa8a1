package dev.roost.mcp.catalog;

/** What a tool returns: its result, or a question to be answered first. */
public sealed interface ToolOutcome permits ToolResult, Ask {}
