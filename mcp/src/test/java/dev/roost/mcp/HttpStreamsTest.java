package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.http.HttpLimits;
import dev.roost.mcp.http.HttpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class HttpStreamsTest {
    private static final HttpLimits BUSY = new HttpLimits(
            Duration.ofMillis(1), Duration.ofMillis(10), Optional.empty(), 100, 100, Duration.ofMinutes(30));

    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void answersAsJsonWhenNothingComesBefore(Era era) {
        HttpPeer peer = new HttpPeer(things.server());
        HttpReply.Whole reply = peer.whole(call(peer, era, "echo", "{'text':'a'}"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()
                        .orElseThrow()
                        .at("/result/structuredContent/text")
                        .asString())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void streamsWhatComesBeforeTheAnswer(Era era) {
        HttpPeer peer = new HttpPeer(things.server());
        HttpPeer.Reading reading = peer.read(call(peer, era, "counts", "{}"));

        assertThat(List.of(reading.data(), reading.data(), reading.data()))
                .extracting(one -> one.at("/params/progress").asInt())
                .containsExactly(1, 2, 3);
        assertThat(reading.data().at("/result/content/0/text").asString()).isEqualTo("counted");
        reading.awaitEnd();
    }

    @Test
    void answersAsJsonWithoutAnythingBeforeToAClientThatTakesNoEvents() {
        Era era = Era.LEGACY;
        HttpPeer peer = new HttpPeer(things.server());
        for (String accept : new String[] {"application/json", "*/*", "application/*"}) {
            HttpPeer.Form form = call(peer, era, "counts", "{}").with("Accept", accept);
            assertThat(peer.body(form).at("/result/content/0/text").asString()).isEqualTo("counted");
        }
        assertThat(peer.whole(call(peer, era, "counts", "{}").without("Accept")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void streamsEvenASingleAnswerToAClientThatTakesNothingElse(Era era) {
        HttpPeer peer = new HttpPeer(things.server());
        HttpPeer.Reading reading =
                peer.read(call(peer, era, "echo", "{'text':'a'}").with("Accept", "text/event-stream"));

        assertThat(reading.data().has("result")).isTrue();
        reading.awaitEnd();
    }

    @Test
    void writesNoIdsInTheModernEra() {
        HttpPeer peer = new HttpPeer(things.server());

        assertThat(peer.read(call(peer, Era.MODERN, "counts", "{}")).piece()).startsWith("event: message\ndata: {");
    }

    @Test
    void cancelsAModernRequestWhoseClientIsGone() throws Exception {
        HttpPeer peer = new HttpPeer(things.server(), BUSY);
        HttpPeer.Reading reading = peer.read(call(peer, Era.MODERN, "waits", "{}"));
        assertThat(reading.data().path("method").asString()).isEqualTo("notifications/progress");
        assertThat(beats(reading)).as("a heartbeat").isTrue();
        reading.hangUp();

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        reading.awaitEnd();
    }

    @Test
    void cancelsAModernRequestWhoseWriterIsInterrupted() throws Exception {
        HttpPeer peer = new HttpPeer(things.server());
        HttpPeer.Reading reading = peer.read(call(peer, Era.MODERN, "waits", "{}"));
        reading.data();
        reading.interrupt();

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void endsASubscriptionWhoseClientIsGone() {
        HttpPeer peer = new HttpPeer(things.server(), BUSY);
        HttpPeer.Reading reading = peer.read(
                HttpPeer.modern("subscriptions/listen", Wire.object("{'notifications':{'toolsListChanged':true}}")));
        assertThat(reading.data().path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
        things.changes.announce(new Change.Tools());
        assertThat(reading.data().path("method").asString()).isEqualTo("notifications/tools/list_changed");
        reading.hangUp();
        reading.awaitEnd();
    }

    @Test
    void endsASubscriptionWithAResultWhenTheServerCloses() {
        HttpPeer peer = new HttpPeer(things.server());
        HttpPeer.Reading reading =
                peer.read(HttpPeer.modern("subscriptions/listen", Wire.object("{'notifications':{}}")));
        reading.data();
        peer.endpoint.close();

        assertThat(reading.data().at("/result/resultType").asString()).isEqualTo("complete");
        reading.awaitEnd();
    }

    /** The pair of a refresh may be in it. */
    @ParameterizedTest
    @EnumSource(Era.class)
    void answersWhatIsUnderWayWhenTheServerIsAboutToStop(Era era) {
        HttpPeer peer = new HttpPeer(things.server());
        HttpPeer.Reading reading = peer.read(call(peer, era, "waits", "{}"));
        reading.data();
        peer.endpoint.stop();
        things.go.countDown();

        assertThat(reading.data().at("/result/content/0/text").asString()).isEqualTo("waited");
        reading.awaitEnd();
        assertThat(things.interrupted.getCount()).isEqualTo(1);
    }

    @Test
    void letsALegacyClientComeBackForTheRestWithoutLossOrRepetition() {
        HttpPeer peer = new HttpPeer(things.server(), BUSY);
        String session = peer.session();
        HttpPeer.Reading first = peer.read(legacy(session, "waits"));
        assertThat(first.piece()).as("where it is").startsWith("id: r1-0\n");
        HttpPeer.Event progress = first.event();
        first.hangUp();
        first.awaitEnd();
        assertThat(things.interrupted.getCount())
                .as("hanging up cancels nothing")
                .isEqualTo(1);
        things.go.countDown();

        HttpPeer.Reading rest = peer.read(HttpPeer.get(session).with("Last-Event-ID", progress.id()));
        assertThat(rest.data().at("/result/content/0/text").asString()).isEqualTo("waited");
        rest.awaitEnd();
        HttpPeer.Reading all = peer.read(HttpPeer.get(session).with("Last-Event-ID", "r1-0"));
        assertThat(all.event()).isEqualTo(progress);
        assertThat(all.data().has("result")).isTrue();
        all.awaitEnd();
    }

    @Test
    void asksAQuestionAgainToAClientThatComesBack() {
        HttpPeer peer = new HttpPeer(things.server(), BUSY);
        String session = peer.session();
        HttpPeer.Reading first = peer.read(legacy(session, "asks_name"));
        HttpPeer.Event question = first.event();
        first.hangUp();
        HttpPeer.Reading again = peer.read(HttpPeer.get(session).with("Last-Event-ID", "r1-0"));
        assertThat(again.event()).isEqualTo(question);
        ObjectNode answer = Wire.object("{'jsonrpc':'2.0','result':{'action':'accept'}}");
        answer.set("id", question.data().get("id"));
        assertThat(peer.whole(HttpPeer.post(answer).in(session)).status()).isEqualTo(202);

        assertThat(again.data().at("/result/content/0/text").asString()).contains("accept");
    }

    @Test
    void requiresAPageInAnErrorFromAClientThatTakesNoStream() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        JsonNode error = peer.body(legacy(session, "asks_page").with("Accept", "application/json"))
                .get("error");
        assertThat(error.path("code").asInt()).isEqualTo(-32042);
        assertThat(error.at("/data/elicitations/0/mode").asString()).isEqualTo("url");
        assertThat(error.at("/data/elicitations/0/elicitationId").asString()).isNotEmpty();

        JsonNode form = peer.body(legacy(session, "asks_name").with("Accept", "application/json"));
        assertThat(form.at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(form.at("/error/message").asString()).contains("accept text/event-stream");
    }

    @Test
    void givesTheNewsToTheLastReaderOnlyAndEachOnce() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        things.changes.announce(new Change.Tools());
        HttpPeer.Reading first = peer.read(HttpPeer.get(session));
        assertThat(first.event().id()).isEqualTo("n-1");
        HttpPeer.Reading second = peer.read(HttpPeer.get(session));
        first.awaitEnd();
        things.changes.announce(new Change.Prompts());

        assertThat(second.event().id()).isEqualTo("n-2");
        assertThat(first.left()).isZero();
        HttpPeer.Reading third = peer.read(HttpPeer.get(session).with("Last-Event-ID", "n-0"));
        assertThat(List.of(third.event().id(), third.event().id())).containsExactly("n-1", "n-2");
        second.awaitEnd();
        peer.endpoint.close();
        third.awaitEnd();
    }

    @Test
    void keepsNewsThatCouldNotBeSentForTheNextReader() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        HttpPeer.Reading first = peer.read(HttpPeer.get(session));
        things.changes.announce(new Change.Tools());
        first.event();
        first.hangUp();
        things.changes.announce(new Change.Prompts());
        first.awaitEnd();

        assertThat(peer.read(HttpPeer.get(session)).event().id()).isEqualTo("n-2");
        peer.endpoint.close();
    }

    /** Readers come and go while news come: who reads all of them in turn has each once and in order. */
    @Test
    void losesAndRepeatsNothingWhileReadersTakeOver() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        int most = 800;
        Thread announcer = Wire.THREADS.newThread(() -> {
            for (int i = 0; i < most; i++) {
                things.changes.announce(new Change.Tools());
            }
        });
        announcer.start();
        List<HttpPeer.Reading> readers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            readers.add(peer.read(HttpPeer.get(session)));
        }
        List<String> seen = new ArrayList<>();
        while (seen.size() < most) {
            // The last to begin need not be the last to attach.
            for (HttpPeer.Reading reader : readers) {
                while (reader.left() > 0) {
                    seen.add(reader.event().id());
                }
            }
            Thread.onSpinWait();
        }
        assertThat(seen).doesNotHaveDuplicates().hasSize(most);
        peer.endpoint.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", "n", "n-", "n-x", "-5", "r9-1", "canary-7f3a9c", "n-99999999999999999999"})
    void beginsWithTheNewsForALastEventThatIsNone(String last) {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        HttpPeer.Reading reading = peer.read(HttpPeer.get(session).with("Last-Event-ID", last));
        things.changes.announce(new Change.Tools());

        assertThat(reading.event().id()).isEqualTo("n-1");
        peer.endpoint.close();
    }

    @Test
    void sendsAQuietClientAwayToComeBack() {
        HttpLimits polling = new HttpLimits(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Optional.of(Duration.ofMillis(20)),
                9,
                9,
                Duration.ofHours(1));
        HttpPeer peer = new HttpPeer(things.server(), polling);
        String session = peer.session();
        HttpPeer.Reading reading = peer.read(legacy(session, "waits"));
        reading.awaitEnd();
        HttpPeer.Event last = new HttpPeer.Event("", Wire.object("{}"));
        String piece = "";
        while (reading.left() > 0) {
            piece = reading.piece();
            last = HttpPeer.Event.of(piece).orElse(last);
        }
        assertThat(piece).isEqualTo("retry: 500\n\n");
        things.go.countDown();

        assertThat(peer.read(HttpPeer.get(session).with("Last-Event-ID", last.id()))
                        .data()
                        .has("result"))
                .isTrue();
        peer.endpoint.close();
    }

    @Test
    void neitherBeginsWithAnEmptyEventNorSendsAwayAClientThatKnowsNoSuchThing() {
        HttpLimits polling = new HttpLimits(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Optional.of(Duration.ofMillis(20)),
                9,
                9,
                Duration.ofHours(1));
        HttpPeer peer = new HttpPeer(things.server(), polling);
        HttpPeer.Reading reading = peer.read(legacy(peer.session("2025-06-18", Caller.ANN), "waits"));
        assertThat(reading.piece()).startsWith("id: r1-1\n");
        for (int i = 0; i < 12; i++) {
            assertThat(reading.piece()).isEqualTo(":\n\n");
        }
        things.go.countDown();
        assertThat(reading.data().has("result")).isTrue();
    }

    private static boolean beats(HttpPeer.Reading reading) {
        return reading.piece().equals(":\n\n");
    }

    private static HttpPeer.Form legacy(String session, String tool) {
        return HttpPeer.legacy(session, "i" + System.nanoTime(), "tools/call", withToken(tool, "{}"));
    }

    private static ObjectNode withToken(String tool, String arguments) {
        ObjectNode params = Wire.call(tool, arguments);
        params.set("_meta", Wire.object("{'progressToken':'t'}"));
        return params;
    }

    private static HttpPeer.Form call(HttpPeer peer, Era era, String tool, String arguments) {
        return era == Era.MODERN
                ? HttpPeer.modern("tools/call", withToken(tool, arguments))
                : HttpPeer.legacy(peer.session(), 1, "tools/call", withToken(tool, arguments));
    }
}
