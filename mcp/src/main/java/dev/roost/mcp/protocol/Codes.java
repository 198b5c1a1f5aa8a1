package dev.roost.mcp.protocol;

/** Error codes: JSON-RPC 2.0 section 5.1, and those of MCP. */
public final class Codes {
    /** Not JSON. */
    public static final int PARSE_ERROR = -32700;
    /** No request. */
    public static final int INVALID_REQUEST = -32600;
    /** No such method. */
    public static final int METHOD_NOT_FOUND = -32601;
    /** Parameters that cannot be used. */
    public static final int INVALID_PARAMS = -32602;
    /** The server's own fault. */
    public static final int INTERNAL_ERROR = -32603;
    /** No such resource; 2025-11-25 and older. */
    public static final int RESOURCE_NOT_FOUND = -32002;
    /** The person has to open a page first; 2025-11-25 only. */
    public static final int URL_ELICITATION_REQUIRED = -32042;
    /** HTTP headers and body differ; since 2026-07-28. */
    public static final int HEADER_MISMATCH = -32020;
    /** The client lacks what the request needs; since 2026-07-28. */
    public static final int MISSING_CAPABILITY = -32021;
    /** The revision is not spoken here; since 2026-07-28. */
    public static final int UNSUPPORTED_REVISION = -32022;

    private Codes() {}
}
