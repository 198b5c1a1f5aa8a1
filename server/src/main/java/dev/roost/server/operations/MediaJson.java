package dev.roost.server.operations;

import dev.roost.x.Media;
import java.util.Locale;

/**
 * An upload as every door shows it.
 *
 * @param state {@code pending}, {@code in_progress}, {@code succeeded} or {@code failed}
 */
public record MediaJson(String id, String mediaKey, long expiresAfterSeconds, String state) {
    /** Shows this upload. */
    public static MediaJson of(Media media) {
        return new MediaJson(
                media.id(),
                media.key(),
                media.expiresAfterSecs(),
                media.state().name().toLowerCase(Locale.ROOT));
    }
}
