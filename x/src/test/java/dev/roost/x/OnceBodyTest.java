package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class OnceBodyTest {
    private final OnceBody body = new OnceBody(Body.text("secret"));

    @Test
    void isHandedOutOnceF2() {
        assertThat(taken()).containsExactly("secret", "complete");
        assertThat(taken()).containsExactly("error");
        assertThat(body.withdraw()).isFalse();
    }

    @Test
    void isNeverHandedOutAfterItWasWithdrawn() {
        assertThat(body.withdraw()).isTrue();
        assertThat(taken()).containsExactly("error");
        assertThat(body.withdraw()).isTrue();
    }

    @Test
    void knowsItsLength() {
        assertThat(body.contentLength()).isEqualTo(6);
    }

    @Test
    void knowsOfAStreamWhetherItLeftAndHowMuchF2() {
        Body stream = new Body.Stream(
                new MeteredInput(new ByteArrayInputStream("secret".getBytes(StandardCharsets.UTF_8))), 6);
        OnceBody once = new OnceBody(stream);
        assertThat(once.contentLength()).isEqualTo(6);
        assertThat(stream.taken()).isZero();
        assertThat(taken(once)).containsExactly("secret", "complete");
        assertThat(stream.taken()).isEqualTo(6);
        assertThat(once.withdraw()).isFalse();
        assertThat(taken(once)).containsExactly("error");
    }

    @Test
    void printsNothingOfWhatItCarriesF29() {
        assertThat(List.of(Body.text("secret"), new Body.Bytes(new byte[] {1}), Body.text("")))
                .hasToString("[Text, Bytes, None[]]");
    }

    private List<String> taken() {
        return taken(body);
    }

    private static List<String> taken(OnceBody body) {
        List<String> seen = new ArrayList<>();
        body.subscribe(new Subscriber<>() {
            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(10);
            }

            @Override
            public void onNext(ByteBuffer bytes) {
                seen.add(StandardCharsets.UTF_8.decode(bytes).toString());
            }

            @Override
            public void onError(Throwable cause) {
                seen.add("error");
            }

            @Override
            public void onComplete() {
                seen.add("complete");
            }
        });
        return seen;
    }
}
