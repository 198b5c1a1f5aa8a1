package dev.roost.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.roost.testkit.ManualClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SessionsTest {
    private static final String KEY_ID = "0123456789";
    private static final String IDENTITY = "0123456789abcdef";

    private final ManualClock clock = new ManualClock();
    private final Sessions sessions = sessions(1, false);

    @Test
    void isFoundByEveryProcessWithTheSameKey() {
        Session session = sessions.begin(KEY_ID);
        Optional<Sessions.Found> found = sessions(1, false).find(cookie(sessions.keep(session, false)));
        assertThat(found).hasValueSatisfying(known -> {
            assertThat(known.session()).isEqualTo(session);
            assertThat(known.isSecure()).isFalse();
        });
    }

    @Test
    void isNotFoundWithAnotherKey() {
        assertThat(sessions(2, false).find(cookie(sessions.keep(sessions.begin(KEY_ID), false))))
                .isEmpty();
    }

    @Test
    void isNotFoundWhenAnyLetterIsAnother() {
        String header = sessions.keep(sessions.begin(KEY_ID), false);
        String pair = header.substring(0, header.indexOf(';'));
        int start = pair.indexOf('=') + 1;
        for (int i = start; i < pair.length() - 1; i++) {
            String tampered = pair.substring(0, i) + (pair.charAt(i) == 'A' ? 'B' : 'A') + pair.substring(i + 1);
            assertThat(sessions.find(List.of(tampered))).as("letter %d", i).isEmpty();
        }
        for (String junk : List.of("", "x", "=", "A".repeat(5000), "%%%")) {
            assertThat(sessions.find(List.of(pair.substring(0, start) + junk))).isEmpty();
        }
    }

    @Test
    void endsTwelveHoursAfterItsLastUse() {
        List<String> cookie = cookie(sessions.keep(sessions.begin(KEY_ID), false));
        clock.advance(Sessions.IDLE.minusSeconds(1));
        Session session = sessions.find(cookie).orElseThrow().session();
        List<String> later = cookie(sessions.keep(session, false));
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.find(cookie)).isEmpty();
        assertThat(sessions.find(later)).isPresent();
    }

    @Test
    void endsSevenDaysAfterTheSignInHoweverMuchItIsUsed() {
        Session session = sessions.begin(KEY_ID);
        List<String> cookie = cookie(sessions.keep(session, false));
        for (int hours = 0; hours < 7 * 24; hours++) {
            session = sessions.find(cookie).orElseThrow().session();
            cookie = cookie(sessions.keep(session, false));
            clock.advance(Duration.ofHours(1));
        }
        assertThat(sessions.find(cookie)).isEmpty();
    }

    @Test
    void isSealedAnewAfterTenMinutesOfUse() {
        Session session = sessions.begin(KEY_ID);
        assertThat(sessions.isDue(session)).isFalse();
        clock.advance(Duration.ofMinutes(10));
        assertThat(sessions.isDue(session)).isTrue();
    }

    @Test
    void cookieIsOutOfReachOfScriptsAndOtherSites() {
        assertThat(sessions.keep(sessions.begin(KEY_ID), false))
                .startsWith("roost-01234567=")
                .endsWith("; Path=/dashboard; Max-Age=43200; HttpOnly; SameSite=Lax");
    }

    @Test
    void cookieOfHttpsHasThePrefixThatKeepsOtherHostsOut() {
        assertThat(sessions.keep(sessions.begin(KEY_ID), true))
                .startsWith("__Host-roost-01234567=")
                .endsWith("; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure");
        assertThat(sessions.end(true)).startsWith("__Host-roost-01234567=; Path=/; Max-Age=0;");
    }

    @Test
    void plainCookieIsNobodysWherePeopleComeByHttps() {
        Sessions secure = sessions(1, true);
        String plain = sessions.keep(sessions.begin(KEY_ID), false);
        assertThat(sessions.find(cookie(plain))).isPresent();
        assertThat(secure.find(cookie(plain))).isEmpty();
        assertThat(secure.find(cookie(secure.keep(secure.begin(KEY_ID), false))))
                .isPresent();
    }

    @Test
    void saysNothingOfItsTokenWhenPrinted() {
        Session session = sessions.begin(KEY_ID);
        assertThat(session.toString())
                .contains(KEY_ID)
                .doesNotContain(session.csrf().expose());
    }

    @Test
    void refusesAKeyOfAnotherLength() {
        assertThatThrownBy(() -> new Sessions(new byte[16], new SecureRandom(), clock, IDENTITY, false))
                .hasMessage("the key has 16 bytes; it must have 32");
    }

    private Sessions sessions(int seed, boolean isPublicSecure) {
        byte[] key = new byte[32];
        key[0] = (byte) seed;
        return new Sessions(key, new SecureRandom(), clock, IDENTITY, isPublicSecure);
    }

    private static List<String> cookie(String header) {
        return List.of("theme=dark; " + header.substring(0, header.indexOf(';')));
    }
}
