package dev.roost.server.mcp.accounts;

import dev.roost.mcp.catalog.Tool;
import dev.roost.server.mcp.ByAccount;
import java.util.List;
import java.util.stream.Stream;

/** The tools for the accounts that Roost keeps. They need an account's name where others need tokens. Safe for many threads. */
public final class AccountTools {
    private final Means means;
    private final Errands errands;
    private final AccountFamily accounts;

    /** Works with these. Asks nobody anything. */
    public AccountTools(Means means) {
        this.means = means;
        this.errands = new Errands(means);
        this.accounts = new AccountFamily(errands, means);
    }

    /** Returns listing, status, connecting and disconnecting, in this order. */
    public List<Tool> accounts() {
        return accounts.all();
    }

    /** Returns deleting, liking, reposting and uploading, in this order. */
    public List<Tool> posts() {
        return new PostFamily(errands, means).all();
    }

    /** Returns mentions, metrics, profile and own posts, in this order. */
    public List<Tool> reads() {
        return new ReadFamily(errands, means).all();
    }

    /** Returns what the tools of mcp-twitter-noauth do when they are given an account. */
    public ByAccount byAccount() {
        return new KeptAccounts(errands, means);
    }

    AccountNames names() {
        return new AccountNames(errands.desk());
    }

    Audience audience() {
        return new Audience(errands.desk());
    }

    AccountResources resources() {
        return new AccountResources(
                Stream.concat(accounts().stream(), reads().stream()).toList(), names());
    }
}
