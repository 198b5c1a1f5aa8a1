package dev.roost.cli.wiring;

import dev.roost.cli.settings.KeepSettings;
import dev.roost.core.alerting.WebhookStore;
import dev.roost.core.limits.LimitSpan;
import dev.roost.core.overview.RefreshHistory;
import dev.roost.store.Cleaning;
import java.time.Duration;
import java.util.List;

/** What is deleted when it is old. */
final class Chores {
    private Chores() {}

    static Housekeeping of(Vault vault, KeepSettings keep) {
        Cleaning cleaning = vault.store().cleaning();
        return new Housekeeping(
                List.of(
                        new Housekeeping.Chore("entries of account logs", keep.events(), cleaning::events),
                        new Housekeeping.Chore(
                                "fingerprints of spent tokens", Cleaning.SPENT_KEPT, cleaning::spentTokens),
                        new Housekeeping.Chore("rows of the audit trail", keep.audit(), cleaning::audit),
                        new Housekeeping.Chore("sign-ins", keep.signIns(), cleaning::signIns),
                        new Housekeeping.Chore("attempts to post", Cleaning.ATTEMPTS_KEPT, cleaning::attempts),
                        new Housekeeping.Chore(
                                "steps of the history of refreshes",
                                RefreshHistory.KEPT,
                                vault.store().history()::forget),
                        new Housekeeping.Chore(
                                "windows of X's limits",
                                LimitSpan.PAUSE.length(),
                                vault.store().rates()::forget),
                        new Housekeeping.Chore(
                                "deliveries that were given up",
                                WebhookStore.DEAD_KEPT,
                                vault.store().webhooks()::forgetDead),
                        new Housekeeping.Chore(
                                "old secrets of webhooks",
                                Duration.ZERO,
                                vault.store().webhooks()::forgetOldSecrets)),
                cleaning::takeTurn,
                vault.clock());
    }
}
