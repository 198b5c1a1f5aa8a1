package dev.roost.cli.settings;

/** Every setting of Roost, one row each. The name is the environment variable and the key in the settings file. */
public enum Setting {
    /** The OAuth 2.0 client id. */
    TWITTER_CLIENT_ID(
            "the OAuth 2.0 client id of the X app", "none; needed to talk to X", "as the X developer portal shows it"),
    /** The client secret of a confidential app. */
    TWITTER_CLIENT_SECRET(
            "the client secret; leave it out for a public client (Native App, Single Page App)",
            "none",
            "as the X developer portal shows it; white space around it is dropped"),
    /** Where everything is kept. */
    ROOST_DATA(
            "the folder for database, keyset and spool",
            "$XDG_DATA_HOME/roost, else ~/.local/share/roost",
            "a folder this user may write"),
    /** Which database. */
    ROOST_DATABASE_URL(
            "the database",
            "empty: SQLite file roost.db in ROOST_DATA",
            "jdbc:postgresql://host:port/database?user=…&password=…; several hosts with commas between, of which the"
                    + " primary is used"),
    /** Where the keys are. */
    ROOST_KEYSET_FILE(
            "the keys that seal what is stored; made on first start",
            "keyset.json in ROOST_DATA",
            "a file that only this user may read"),
    /** How far the database was. */
    ROOST_EPOCH_FILE(
            "where it is noted how far the database was, to notice when a backup of it was restored",
            "epoch in ROOST_DATA",
            "a file this user may write, best on another disk than the database and in no backup"),
    /** The port. */
    PORT("the port to listen on", "3001", "1 to 65535"),
    /** The address. */
    ROOST_HOST("the address to listen on", "127.0.0.1", "a name or address of this machine; 0.0.0.0 for all"),
    /** Where X sends people back to. */
    ROOST_CALLBACK_URL(
            "where X sends people back to; register it with the X app, to the letter",
            "http://127.0.0.1:PORT/auth/twitter/callback",
            "https, or http on this machine; the path is /auth/twitter/callback"),
    /** What to ask for. */
    ROOST_SCOPES(
            "what to ask people for",
            "tweet.read tweet.write users.read offline.access",
            "names of X scopes; tweet.read, users.read and offline.access among them"),
    /** The consent page. */
    ROOST_X_AUTHORIZE_URL(
            "X's consent page", "https://x.com/i/oauth2/authorize", "https, or http on this machine; no query"),
    /** The API. */
    ROOST_X_API_URL("X's API; /2/... is appended", "https://api.x.com", "https, or http on this machine; no query"),
    /** Which web pages may use the API. */
    ROOST_ALLOWED_ORIGINS(
            "web origins whose pages may use the HTTP API (CORS)",
            "none: CORS is off",
            "https://host or http://host, separated by commas or spaces"),
    /** Where a person may be sent after a sign-in. */
    ROOST_RETURN_URLS(
            "where a program may have people sent after a sign-in that it began",
            "none",
            "addresses without a query, https, or http on this machine, separated by commas or spaces"),
    /** The statuses of the guide's API. */
    ROOST_EXECUTE_STATUS(
            "the HTTP status of errors of /mcp/execute: always 400, or the one that fits",
            "legacy",
            "legacy or truthful"),
    /** How long an answer may be had again. */
    ROOST_REPLAY_WINDOW(
            "how long the same refresh of a caller's own token gets the same answer again",
            "PT2M",
            "an ISO 8601 duration from PT0S (off) to PT10M"),
    /** Which tools agents get. */
    ROOST_MCP_TOOLS(
            "which tools agents get through MCP",
            "stateless,accounts; without TWITTER_CLIENT_ID, stateless",
            "all, or families separated by commas: stateless, accounts, posts, read, mcpsocial"),
    /** Whose access tokens agents may bring. */
    ROOST_MCP_ISSUER(
            "the OAuth authorization server whose access tokens agents may bring to /mcp",
            "none: agents bring API keys",
            "its issuer to the letter; https, or http on this machine; only with ROOST_MCP_RESOURCE"),
    /** What their audience is. */
    ROOST_MCP_RESOURCE(
            "the address under which agents reach /mcp, which is the audience of their access tokens",
            "none",
            "https, or http on this machine; the path ends with /mcp; only with ROOST_MCP_ISSUER"),
    /** How long logs of accounts are kept. */
    ROOST_KEEP_EVENTS(
            "how long entries in the logs of accounts are kept; the newest 20 of each account stay",
            "P180D",
            "an ISO 8601 duration from P1D to P3650D"),
    /** How long the audit trail is kept. */
    ROOST_KEEP_AUDIT("how long the audit trail is kept", "P90D", "an ISO 8601 duration from P1D to P3650D"),
    /** How long sign-ins are kept. */
    ROOST_KEEP_SIGN_INS(
            "how long sign-ins that are over can still be asked for",
            "P30D",
            "an ISO 8601 duration from P1D to P3650D"),
    /** When accounts that nobody uses are let sleep. */
    ROOST_IDLE_AFTER(
            "how long nobody uses an account before it is refreshed monthly only, and on demand",
            "never",
            "an ISO 8601 duration from P1D to P3650D"),
    /** Where webhooks may go beside the internet. */
    ROOST_WEBHOOKS_ALLOW(
            "hosts and ranges of addresses that webhooks may go to though they are private, or by http",
            "none: https to public addresses only",
            "host names, addresses, or ranges such as 10.0.0.0/8, separated by commas or spaces"),
    /** How log lines look. */
    ROOST_LOG_FORMAT(
            "how log lines look: one JSON object each, or text for people",
            "json for serve where standard error is no terminal, else text",
            "json or text"),
    /** How much to say. */
    LOG_LEVEL("how much to log, to standard error", "INFO for serve, else WARN", "DEBUG, INFO, WARN or ERROR"),
    /** Where traces go. */
    ROOST_OTLP_ENDPOINT(
            "where traces go, by OTLP over HTTP; /v1/traces is appended",
            "none: no traces",
            "http or https, a host, maybe a port and a path; no user and no query"),
    /** The name of the process. */
    ROOST_NODE(
            "the name of this process in the journal",
            "the host name",
            "1 to 60 letters, digits, dots, dashes or underscores"),
    /** For drills. */
    ROOST_CLOCK_OFFSET(
            "how far Roost's clock is turned, for drills against a simulator",
            "PT0S",
            "an ISO 8601 duration such as PT2H; only with ROOST_X_API_URL on this machine"),
    /** The settings file. */
    ROOST_CONFIG(
            "the settings file, lines of NAME=value; only as an environment variable",
            "roost.properties in ROOST_DATA, if there is one",
            "a file this user may read");

    private final String meaning;
    private final String standard;
    private final String allowed;

    Setting(String meaning, String standard, String allowed) {
        this.meaning = meaning;
        this.standard = standard;
        this.allowed = allowed;
    }

    /** Returns what it is for. */
    public String meaning() {
        return meaning;
    }

    /** Returns what it is when it is not set, in words. */
    public String standard() {
        return standard;
    }

    /** Returns what it may be. */
    public String allowed() {
        return allowed;
    }
}
