package dev.roost.cli;

import dev.roost.cli.settings.Origin;
import dev.roost.cli.settings.Settings;
import dev.roost.cli.settings.SettingsException;
import dev.roost.cli.wiring.Roost;
import dev.roost.cli.wiring.Vault;
import dev.roost.core.KeeperException;
import dev.roost.store.StoreRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Looks at everything that Roost needs, and says what to mend. */
@Command(
        name = "doctor",
        description = {
            "Check settings, store, keyset, spool, port, the clock against X's, and the app's id and secret.",
            "Costs no grant and spends no token. The exit code is that of the first thing that fails."
        })
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Output output = new Output();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Check> checks = new ArrayList<>();
        look(checks);
        output.print(
                session.out(),
                checks,
                checks.stream().map(Check::line).collect(Collectors.joining(System.lineSeparator())));
        return checks.stream()
                .filter(check -> check.level() == Check.Level.FAIL)
                .findFirst()
                .map(Check::exitCode)
                .orElse(ExitCode.OK);
    }

    private void look(List<Check> checks) {
        Settings settings;
        try {
            settings = session.settings("ERROR");
        } catch (SettingsException e) {
            checks.add(Check.fail("settings", Failure.of(e)));
            return;
        }
        checks.add(settings(settings));
        if (settings.app().isEmpty()) {
            store(settings, checks);
            checks.add(Check.fail("app", Failure.of(Settings.appMissing())));
            return;
        }
        try {
            session.with(Roost.open(settings), roost -> {
                checks.add(opened(settings));
                return checks.addAll(new Checkup(roost).all());
            });
        } catch (SettingsException | StoreRefusedException | KeeperException e) {
            checks.add(Check.fail("store", Failure.of(e)));
        }
    }

    private void store(Settings settings, List<Check> checks) {
        try {
            checks.add(session.with(Vault.open(settings), vault -> opened(settings)));
        } catch (SettingsException | StoreRefusedException | KeeperException e) {
            checks.add(Check.fail("store", Failure.of(e)));
        }
    }

    private static Check settings(Settings settings) {
        List<Settings.Effective> shadowed = settings.effective().stream()
                .filter(one -> one.origin().equals(new Origin.Environment(true)))
                .toList();
        return shadowed.isEmpty()
                ? Check.ok("settings", "nothing is wrong with them; see: roost serve --print-config")
                : Check.warn(
                        "settings",
                        shadowed.stream().map(one -> one.setting().name()).collect(Collectors.joining(", "))
                                + " in the environment overrides another value in the settings file",
                        "remove one of the two, or leave it if that is meant");
    }

    private static Check opened(Settings settings) {
        return Check.ok("store", settings.database().label() + " opens with " + settings.keysetFile());
    }
}
