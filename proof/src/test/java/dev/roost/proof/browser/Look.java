package dev.roost.proof.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How somebody looks at a page. Width in CSS pixels. */
record Look(ColorScheme colors, int width) {
    static final Look USUAL = new Look(ColorScheme.LIGHT, 1280);
    static final Look DARK = new Look(ColorScheme.DARK, 1280);
    static final Look PHONE = new Look(ColorScheme.LIGHT, 360);

    /** Light and dark on a phone, a laptop and a wide screen. */
    static List<Look> all() {
        return Stream.of(ColorScheme.LIGHT, ColorScheme.DARK)
                .flatMap(colors -> Stream.of(360, 1280, 2560).map(width -> new Look(colors, width)))
                .toList();
    }

    /** Tells whether what axe finds may differ here: a wide screen has more room, and nothing else. */
    boolean isWorthJudging() {
        return width < 2560;
    }

    int height() {
        return width == 360 ? 740 : width == 1280 ? 800 : 1440;
    }

    /** The end of a picture's name. */
    String suffix() {
        return colors.name().toLowerCase(Locale.ROOT) + "-" + width;
    }
}
