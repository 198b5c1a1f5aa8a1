package dev.roost.store;

import dev.roost.core.AccountId;
import dev.roost.core.SignInStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** A {@link SignInStatus} as it rests in the row of its sign-in. */
record StatusColumns(String word, Optional<String> account, Optional<String> code, Optional<String> message) {
    static StatusColumns of(SignInStatus status) {
        return switch (status) {
            case SignInStatus.Pending p -> plain("pending");
            case SignInStatus.Exchanging e -> plain("exchanging");
            case SignInStatus.Exchanged e -> plain("exchanged");
            case SignInStatus.Denied d -> plain("denied");
            case SignInStatus.Expired e -> plain("expired");
            case SignInStatus.Connected connected ->
                new StatusColumns(
                        "connected", Optional.of(connected.account().value()), Optional.empty(), Optional.empty());
            case SignInStatus.Failed failed ->
                new StatusColumns(
                        "failed", Optional.empty(), Optional.of(failed.code()), Optional.of(failed.message()));
        };
    }

    static StatusColumns read(ResultSet row) throws SQLException {
        return new StatusColumns(
                row.getString("status"),
                Optional.ofNullable(row.getString("account_id")),
                Optional.ofNullable(row.getString("fail_code")),
                Optional.ofNullable(row.getString("fail_message")));
    }

    SignInStatus status() {
        return switch (word) {
            case "pending" -> new SignInStatus.Pending();
            case "exchanging" -> new SignInStatus.Exchanging();
            case "exchanged" -> new SignInStatus.Exchanged();
            case "denied" -> new SignInStatus.Denied();
            case "expired" -> new SignInStatus.Expired();
            case "connected" -> new SignInStatus.Connected(new AccountId(account.orElseThrow()));
            case "failed" -> new SignInStatus.Failed(code.orElse(""), message.orElse(""));
            default -> throw new IllegalStateException("a sign-in has status \"" + word + "\", which no version had");
        };
    }

    private static StatusColumns plain(String word) {
        return new StatusColumns(word, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
