package dev.roost.cli;

import dev.roost.cli.wiring.Roost;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says which accounts wait, why, and what can be done. */
@Command(name = "show", description = "Say how many accounts wait, why, and what can be done. Changes nothing.")
final class QuarantineShowCommand implements Callable<Integer> {
    private static final String MEANING =
            "X takes each refresh token once. Those that Roost spent after the backup was made"
                    + " look unspent in the restored database. Sending one again is refused, and X may end the grant with it. So none"
                    + " of these is sent until you decide. Valid access tokens are handed out as ever; a new sign-in frees its"
                    + " account, and so does an answer of X in a spool.";

    private final Session session;

    @Mixin
    private final Output output = new Output();

    QuarantineShowCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return session.withRoost(this::show);
    }

    private int show(Roost roost) {
        QuarantineDesk desk = QuarantineDesk.of(roost);
        output.print(session.out(), desk.view(), text(desk));
        return ExitCode.OK;
    }

    private static String text(QuarantineDesk desk) {
        if (desk.held().accounts() == 0) {
            return Wrap.plain("No account is in quarantine. " + desk.happened());
        }
        long due = desk.held().accounts() - desk.held().notDue();
        return Stream.of(
                        Wrap.plain(desk.happened() + " Since then " + desk.waiting() + "."),
                        "",
                        Wrap.plain(MEANING),
                        "",
                        "What to do, the best first:",
                        Wrap.hanging(
                                "  1. ",
                                "If a newer copy of the database exists, stop every roost serve and bring that one back.",
                                5),
                        Wrap.hanging(
                                "  2. ",
                                "Release those whose refresh was not due yet ("
                                        + desk.held().notDue()
                                        + "): only a refresh on demand can have spent them. roost quarantine release --not-due",
                                5),
                        Wrap.hanging(
                                "  3. ",
                                "Have the others (" + due
                                        + ") sign in again: roost connect. Or ask X about those with a valid"
                                        + " access token (" + desk.held().withValidToken()
                                        + "): roost quarantine probe",
                                5),
                        Wrap.hanging(
                                "  4. ",
                                "Release the rest, if nothing else has the newer tokens: unspent ones go on, and spent ones"
                                        + " need a sign-in anyway. roost quarantine release --all",
                                5))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
