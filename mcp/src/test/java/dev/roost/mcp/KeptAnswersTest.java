package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Changes.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/** How long the answers of a session are kept for a client that comes back. */
@Timeout(60)
final class KeptAnswersTest {
    private final Things things = new Things();

    @Test
    void forgetsAnswersThatWereGivenWhole() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        peer.body(HttpPeer.legacy(session, 1, "ping", Wire.object("{}")));
        HttpPeer.Reading reading = peer.read(HttpPeer.get(session).with("Last-Event-ID", "r1-0"));
        things.changes.announce(new Change.Tools());

        assertThat(reading.event().id()).as("the news, for r1 is gone").isEqualTo("n-1");
        peer.endpoint.close();
    }

    @Test
    void keepsSoManyAnswersForASessionAndNoMore() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        for (int i = 1; i <= 40; i++) {
            peer.read(legacy(session, "counts")).awaitEnd();
        }
        HttpPeer.Reading kept = peer.read(HttpPeer.get(session).with("Last-Event-ID", "r40-0"));
        assertThat(kept.event().id()).isEqualTo("r40-1");
        HttpPeer.Reading gone = peer.read(HttpPeer.get(session).with("Last-Event-ID", "r1-0"));
        things.changes.announce(new Change.Tools());

        assertThat(gone.event().id()).isEqualTo("n-1");
        peer.endpoint.close();
    }

    @Test
    void forgetsAnAnswerThatWasReadAfterHalfAMinuteAndAnUnreadOneAfterTwo() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        HttpPeer.Form onlyEvents = legacy(session, "list").with("Accept", "text/event-stream");
        peer.read(onlyEvents).awaitEnd();
        peer.send(onlyEvents);
        peer.send(onlyEvents);
        peer.turn(Duration.ofSeconds(31));
        assertThat(isKept(peer, session, "r1-0")).as("read").isFalse();
        assertThat(isKept(peer, session, "r2-0")).as("not read").isTrue();
        peer.turn(Duration.ofSeconds(90));

        assertThat(isKept(peer, session, "r3-0")).as("not read in time").isFalse();
        peer.endpoint.close();
    }

    @Test
    void keepsAnswersOfSixteenMebibytesForASessionAndDropsTheOldest() {
        HttpPeer peer = new HttpPeer(things.server());
        String session = peer.session();
        for (int i = 1; i <= 3; i++) {
            peer.read(legacy(session, "big").with("Accept", "text/event-stream"))
                    .awaitEnd();
        }
        assertThat(isKept(peer, session, "r1-0")).isFalse();
        assertThat(isKept(peer, session, "r2-0")).isTrue();
        assertThat(isKept(peer, session, "r3-0")).isTrue();
        peer.endpoint.close();
    }

    /** A reader that stayed would take the news from the next one. */
    private boolean isKept(HttpPeer peer, String session, String from) {
        things.changes.announce(new Change.Tools());
        HttpPeer.Reading reading = peer.read(HttpPeer.get(session).with("Last-Event-ID", from));
        String id = reading.event().id();
        reading.stop();
        return !id.startsWith("n-");
    }

    private static HttpPeer.Form legacy(String session, String tool) {
        ObjectNode params = Wire.call(tool, "{}");
        params.set("_meta", Wire.object("{'progressToken':'t'}"));
        return HttpPeer.legacy(session, "i" + System.nanoTime(), "tools/call", params);
    }
}
