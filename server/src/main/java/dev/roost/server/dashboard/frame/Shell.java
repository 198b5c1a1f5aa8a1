package dev.roost.server.dashboard.frame;

import dev.roost.core.access.KeyScope;
import dev.roost.server.http.Call;
import dev.roost.server.http.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the frame around a page shows.
 *
 * @param title of the page, without the name of Roost
 * @param section the part of the dashboard that the page belongs to; empty for none
 * @param assets the files of the page
 * @param version of Roost
 * @param now the time of day, by Roost's clock
 * @param visitor who is signed in; empty on pages for strangers
 */
public record Shell(
        String title,
        Optional<Section> section,
        Assets assets,
        String version,
        Instant now,
        Optional<Visitor> visitor) {
    /** The parts of the dashboard, in the order of the menu. */
    public enum Section {
        /** How everything stands. */
        OVERVIEW("Overview", "/dashboard"),
        /** The accounts. */
        ACCOUNTS("Accounts", "/dashboard/accounts"),
        /** Alerts and webhooks. */
        ALERTS("Alerts", "/dashboard/webhooks");

        private final String label;
        private final String path;

        Section(String label, String path) {
            this.label = label;
            this.path = path;
        }

        /** Returns its name. */
        public String label() {
            return label;
        }

        /** Returns where it is. */
        public String path() {
            return path;
        }
    }

    /**
     * Who is signed in.
     *
     * @param name of the API key, as people call it
     * @param keyId of the API key
     * @param csrf the token that each form has to bring along; for this browser's own pages only
     * @param scopes what the key allows
     */
    public record Visitor(String name, String keyId, String csrf, Set<KeyScope> scopes) {
        /** Copies the set. */
        public Visitor {
            scopes = Set.copyOf(scopes);
        }

        /** Prints who, without the token. */
        @Override
        public String toString() {
            return name + " (" + keyId + ")";
        }

        /** Tells whether this person may connect, refresh and disconnect accounts. */
        public boolean mayWrite() {
            return may(KeyScope.ACCOUNTS_WRITE);
        }

        /** Tells whether the key allows this. */
        public boolean may(KeyScope scope) {
            return scopes.stream().anyMatch(own -> own.implies(scope));
        }

        static Optional<Visitor> of(Call call) {
            return call.visit()
                    .map(visit -> of(call.caller(), visit.session().csrf().expose()));
        }

        private static Visitor of(Caller caller, String csrf) {
            String name = caller.key().map(key -> key.name()).orElse(caller.name());
            return new Visitor(name, caller.name(), csrf, caller.scopes());
        }
    }

    /** Returns the sections that the visitor may see. */
    public List<Section> sections() {
        boolean isAdmin = visitor.filter(known -> known.may(KeyScope.ADMIN)).isPresent();
        return Stream.of(Section.values())
                .filter(section -> section != Section.ALERTS || isAdmin)
                .toList();
    }

    /** Tells whether the page belongs to this section. */
    public boolean isIn(Section other) {
        return section.filter(other::equals).isPresent();
    }

    /** Returns the token for forms; empty on pages for strangers. */
    public String csrf() {
        return visitor.map(Visitor::csrf).orElse("");
    }

    /** Tells whether the visitor may connect, refresh and disconnect accounts. */
    public boolean mayWrite() {
        return visitor.map(Visitor::mayWrite).orElse(false);
    }
}
