package dev.roost.x;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class OnceBodyTest {
    private final OnceBody body = new OnceBody("secret");

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

    private List<String> taken() {
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
