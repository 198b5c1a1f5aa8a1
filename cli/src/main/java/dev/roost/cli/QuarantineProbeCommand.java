package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import dev.roost.core.AccountId;
import dev.roost.core.Grant;
import dev.roost.store.Quarantine;
import dev.roost.x.XReply;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Asks X whether the access tokens of accounts in quarantine still work. Sends no refresh token. */
@Command(
        name = "probe",
        description = {
            "Ask X who the user is, with each access token in quarantine that has not expired. Sends no refresh token.",
            "A token that X refuses before its time was replaced or revoked: its account needs a sign-in. One that works was"
                    + " not replaced only if X ends the old access token at a refresh, which X does not document; so nothing is"
                    + " released unless you say that you trust it."
        })
final class QuarantineProbeCommand implements Callable<Integer> {
    private static final int AT_ONCE = 500;

    private final Session session;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--trust-access-tokens", description = "Release the accounts whose access token works.")
    private boolean trusting;

    QuarantineProbeCommand(Session session) {
        this.session = session;
    }

    /** What X says of an access token. */
    private enum Answer {
        WORKS,
        REFUSED,
        EXPIRED,
        UNKNOWN
    }

    /** What {@code --json} prints. */
    private record View(int works, int refused, int expired, int unknown, long released) {}

    @Override
    public Integer call() {
        return session.withRoost(this::probe);
    }

    private int probe(Roost roost) {
        Quarantine quarantine = roost.vault().store().quarantine();
        Map<Answer, List<AccountId>> found = new EnumMap<>(Answer.class);
        long released = 0;
        Optional<AccountId> after = Optional.empty();
        List<AccountId> page;
        // Page by page: whoever interrupts it keeps what was released so far.
        do {
            page = quarantine.page(roost.endpoint().clientId(), after, AT_ONCE);
            Map<Answer, List<AccountId>> answers = page.stream().collect(Collectors.groupingBy(id -> ask(roost, id)));
            if (trusting) {
                released += quarantine.release(answers.getOrDefault(Answer.WORKS, List.of()));
            }
            answers.forEach((answer, ids) ->
                    found.computeIfAbsent(answer, _ -> new ArrayList<>()).addAll(ids));
            after = page.isEmpty() ? after : Optional.of(page.getLast());
        } while (page.size() == AT_ONCE);
        return report(found, released);
    }

    private int report(Map<Answer, List<AccountId>> found, long released) {
        View view = new View(
                count(found, Answer.WORKS),
                count(found, Answer.REFUSED),
                count(found, Answer.EXPIRED),
                count(found, Answer.UNKNOWN),
                released);
        output.print(session.out(), view, text(view, found.getOrDefault(Answer.REFUSED, List.of())));
        return view.unknown() == 0 ? ExitCode.OK : ExitCode.TRY_LATER;
    }

    private static Answer ask(Roost roost, AccountId id) {
        Instant now = roost.vault().clock().instant();
        Optional<Grant> grant = roost.vault()
                .store()
                .tokens()
                .grant(id)
                .filter(held -> held.account().accessExpiresAt().isAfter(now));
        return grant.map(held -> switch (roost.api().me(held.tokens().access())) {
                    case XReply.Ok<?> works -> Answer.WORKS;
                    case XReply.Unauthorized<?> refused -> Answer.REFUSED;
                    case XReply.Refused<?> other -> Answer.UNKNOWN;
                    case XReply.RateLimited<?> other -> Answer.UNKNOWN;
                    case XReply.NotSent<?> other -> Answer.UNKNOWN;
                    case XReply.Unknown<?> other -> Answer.UNKNOWN;
                })
                .orElse(Answer.EXPIRED);
    }

    private static int count(Map<Answer, List<AccountId>> found, Answer answer) {
        return found.getOrDefault(answer, List.of()).size();
    }

    private static String text(View view, List<AccountId> refused) {
        StringBuilder text = new StringBuilder(Wrap.plain("Of the access tokens in quarantine, " + view.works()
                + " work, X refuses " + view.refused() + ", " + view.expired() + " have expired, and of "
                + view.unknown()
                + " nothing is known. " + view.released() + " accounts are released."));
        if (!refused.isEmpty()) {
            text.append(System.lineSeparator())
                    .append("These were replaced or revoked and need a sign-in (roost connect):");
            refused.forEach(
                    id -> text.append(System.lineSeparator()).append("  ").append(id));
        }
        return text.toString();
    }
}
