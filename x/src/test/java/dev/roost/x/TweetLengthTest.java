package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TweetLengthTest {
    /** From twitter-text's conformance file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Hi http://test.co | 26",
                "http://test.co | 23",
                "H🐱☺👨‍👩‍👧‍👦 | 7",
                "🙋🏽👨‍🎤 | 4",
                "😷👾😡🔥💩 | 10",
                "café | 4",
                "cafe\u0301 | 4"
            })
    void countsAsXDoes(String text, int length) {
        assertThat(TweetLength.of(text)).isEqualTo(new TweetLength(length, true));
    }

    @Test
    void countsWideCharactersTwice() {
        assertThat(TweetLength.of("故".repeat(160))).isEqualTo(new TweetLength(320, false));
        assertThat(TweetLength.of("故".repeat(140))).isEqualTo(new TweetLength(280, true));
    }

    @Test
    void takesADomainWithATooLongLabelForText() {
        assertThat(TweetLength.of("a".repeat(64) + ".com").weighted()).isEqualTo(68);
    }

    @Test
    void saysHowLongATextIsAndWhatToDo() {
        assertThat(TweetLength.objection(Tweet.of("x".repeat(281))))
                .contains(
                        "the text is 281 long as X counts it; allowed is 280; shorten it, or switch the length check off"
                                + " if the account has X premium");
        assertThat(TweetLength.objection(Tweet.of("x".repeat(280)))).isEmpty();
    }

    @Test
    void leavesTheLengthToXWhenSwitchedOff() {
        assertThat(TweetLength.objection(Tweet.of("x".repeat(4000)).uncheckedLength()))
                .isEmpty();
        assertThat(TweetLength.objection(Tweet.of(" \n").uncheckedLength()).orElseThrow())
                .contains("empty");
    }

    @Test
    void refusesCharactersThatXForbids() {
        assertThat(TweetLength.objection(Tweet.of("a\uFFFEb")).orElseThrow()).contains("forbids");
    }

    @Test
    void doesNotCountTheNamesBeforeAReply() {
        String text = "@ada @grace " + "x".repeat(280);
        assertThat(TweetLength.objection(Tweet.reply(new TweetId("1"), text))).isEmpty();
        assertThat(TweetLength.objection(Tweet.of(text))).isPresent();
    }
}
