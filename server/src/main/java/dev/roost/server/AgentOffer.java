package dev.roost.server;

import dev.roost.mcp.catalog.Catalog;
import dev.roost.mcp.catalog.Changes;
import dev.roost.mcp.catalog.Icon;
import dev.roost.mcp.catalog.ServerInfo;
import dev.roost.mcp.catalog.Tool;
import dev.roost.server.guide.tools.Toolbox;
import dev.roost.server.mcp.accounts.AccountTools;
import dev.roost.server.mcp.accounts.AgentCatalog;
import dev.roost.server.mcp.accounts.Family;
import dev.roost.server.mcp.guide.GuideTools;
import dev.roost.server.mcp.stateless.Kit;
import dev.roost.server.mcp.stateless.StatelessTools;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What agents are offered.
 *
 * @param families which tools
 * @param version of Roost
 * @param kit what the tools of mcp-twitter-noauth work with
 * @param accounts the tools by account; empty where Roost keeps none
 * @param toolbox the tools of MCPSocial; asked for only if they are offered
 * @param changes tells of accounts that stand otherwise than before
 */
public record AgentOffer(
        Set<Family> families,
        String version,
        Kit kit,
        Optional<AccountTools> accounts,
        Supplier<Toolbox> toolbox,
        Changes changes) {
    private static final String WITH_ACCOUNTS = """
            Roost keeps X (Twitter) accounts connected. Prefer tools with "account" (an id, @username or X user id): then no \
            token passes through this conversation. twitter_list_accounts says which accounts there are and what state they \
            are in; if one has to sign in again, its tools ask the person and go on by themselves. A post is published once: \
            when a result says that the outcome is unknown, look at the account's posts before you repeat it.""";

    private static final String WITHOUT = """
            Works on X (Twitter) with the credentials that come with each call; nothing is kept. Refresh tokens can be spent \
            once: use the new pair from then on. If the answer of twitter_refresh_token did not arrive, make the same call \
            again within two minutes: it brings the same pair.""";

    /** Copies the set. */
    public AgentOffer {
        families = Set.copyOf(families);
    }

    /** Returns all of it. Opens nothing, unless the tools of MCPSocial are offered. */
    public Catalog catalog() {
        List<Tool> tokens = new ArrayList<>(StatelessTools.of(kit));
        if (families.contains(Family.MCPSOCIAL)) {
            tokens.addAll(GuideTools.of(toolbox.get()));
        }
        return AgentCatalog.of(info(), families, tokens, accounts, changes);
    }

    private ServerInfo info() {
        return new ServerInfo(
                "roost",
                "Roost",
                version,
                "Keeps X (Twitter) accounts connected",
                Optional.empty(),
                List.of(icon()),
                accounts.isPresent() ? WITH_ACCOUNTS : WITHOUT);
    }

    private static Icon icon() {
        try (InputStream in = AgentOffer.class.getResourceAsStream("mcp/roost.svg")) {
            String data = Base64.getEncoder()
                    .encodeToString(Objects.requireNonNull(in, "mcp/roost.svg is missing")
                            .readAllBytes());
            return new Icon(URI.create("data:image/svg+xml;base64," + data), "image/svg+xml", List.of("any"));
        } catch (IOException e) {
            throw new UncheckedIOException("mcp/roost.svg cannot be read", e);
        }
    }
}
