package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class HttpBatchTest {
    private static final String PING = "{'jsonrpc':'2.0','id':1,'method':'ping'}";
    private static final String NEWS = "{'jsonrpc':'2.0','method':'notifications/initialized'}";
    private static final String WRONG = "{'jsonrpc':'2.0','id':2,'method':5}";

    private final Things things = new Things();
    private final HttpPeer peer = new HttpPeer(things.server());

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-26", "2024-11-05"})
    void answersABatchOfAnOldSessionWithOneArray(String revision) {
        JsonNode answers = peer.body(batch(peer.session(revision, Caller.ANN), PING, NEWS, WRONG));

        assertThat(answers.isArray()).isTrue();
        assertThat(answers).hasSize(2);
        assertThat(answers.toString()).contains("\"id\":1,\"result\"", "\"id\":2,\"error\"");
    }

    @Test
    void answersABatchAfterWhatComesBefore() {
        String session = peer.session("2025-03-26", Caller.ANN);
        String counts =
                "{'jsonrpc':'2.0','id':7,'method':'tools/call','params':{'name':'counts','_meta':{'progressToken':'t'}}}";
        HttpPeer.Reading reading = peer.read(batch(session, counts, PING));
        for (int i = 0; i < 3; i++) {
            assertThat(reading.data().path("method").asString()).isEqualTo("notifications/progress");
        }
        assertThat(reading.data()).hasSize(2);
        reading.awaitEnd();
    }

    @Test
    void saysNothingToABatchThatAsksNothing() {
        assertThat(peer.whole(batch(peer.session("2025-03-26", Caller.ANN), NEWS, NEWS))
                        .status())
                .isEqualTo(202);
    }

    @Test
    void refusesBatchesThatAreTooLongOrTooNew() {
        String old = peer.session("2025-03-26", Caller.ANN);
        String[] many = Collections.nCopies(101, PING).toArray(String[]::new);
        HttpRefusalsTest.refused(peer.whole(batch(old, many)), 400, -32600, "a batch has 1 to 100 messages");
        HttpRefusalsTest.refused(peer.whole(batch(old)), 400, -32600, "a batch has 1 to 100 messages");
        String later = peer.session("2025-06-18", Caller.ANN);
        HttpRefusalsTest.refused(peer.whole(batch(later, PING)), 400, -32600, "batches are not taken here");
        HttpRefusalsTest.refused(peer.whole(batch(later)), 400, -32600, "batches are not taken here");
    }

    private static HttpPeer.Form batch(String session, String... messages) {
        return HttpPeer.post(Wire.parse(("[" + String.join(",", messages) + "]").replace('\'', '"')))
                .in(session);
    }
}
