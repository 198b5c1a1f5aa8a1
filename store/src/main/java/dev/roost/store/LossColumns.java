package dev.roost.store;

import dev.roost.core.LossCause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlStatement;

/** Why a grant is gone, as three columns. */
record LossColumns(Optional<String> word, Optional<Long> sentAt, Optional<String> node) {
    private static final String ANSWER_LOST = "answer_lost";
    private static final String REFUSED_BY_X = "refused_by_x";

    static LossColumns of(Optional<LossCause> cause) {
        return cause.map(LossColumns::of)
                .orElseGet(() -> new LossColumns(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    static LossColumns of(LossCause cause) {
        return switch (cause) {
            case LossCause.AnswerLost lost ->
                new LossColumns(
                        Optional.of(ANSWER_LOST),
                        Optional.of(lost.sentAt().toEpochMilli()),
                        Optional.ofNullable(lost.node()));
            case LossCause.RefusedByX r ->
                new LossColumns(Optional.of(REFUSED_BY_X), Optional.empty(), Optional.empty());
        };
    }

    /** Reads them; empty where there is none. */
    static Optional<LossCause> read(ResultSet row) throws SQLException {
        String word = row.getString("loss_cause");
        if (word == null) {
            return Optional.empty();
        }
        return Optional.of(
                ANSWER_LOST.equals(word)
                        ? new LossCause.AnswerLost(
                                Instant.ofEpochMilli(row.getLong("loss_sent_at")), row.getString("loss_node"))
                        : new LossCause.RefusedByX());
    }

    /** Binds {@code lossCause}, {@code lossSentAt} and {@code lossNode}. */
    <S extends SqlStatement<S>> S bindTo(S statement) {
        return statement
                .bindByType("lossCause", word.orElse(null), String.class)
                .bindByType("lossSentAt", sentAt.orElse(null), Long.class)
                .bindByType("lossNode", node.orElse(null), String.class);
    }
}
