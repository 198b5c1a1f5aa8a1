package dev.roost.cli.settings;

import dev.roost.store.Database;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a database address as JDBC users write it, with the user among the parameters. */
final class DatabaseUrl {
    private static final Pattern FORM =
            Pattern.compile("(?:jdbc:)?postgres(?:ql)?://(?<address>[^?]*)(?:\\?(?<query>.*))?");
    private static final Pattern USER = Pattern.compile("(?:^|&)user=(?<user>[^&]*)");

    private DatabaseUrl() {}

    static Database parse(String url) {
        Matcher form = FORM.matcher(url);
        if (!form.matches()) {
            throw new IllegalArgumentException("it does not begin with jdbc:postgresql://");
        }
        String address = form.group("address");
        String query = form.group("query") == null ? "" : form.group("query");
        Matcher user = USER.matcher(query);
        if (address.contains("@") || !user.find()) {
            return Database.Postgres.parse(url);
        }
        String rest = user.replaceFirst("").replaceFirst("^&", "");
        return Database.Postgres.parse("postgresql://" + user.group("user") + "@" + address + "?" + rest);
    }
}
