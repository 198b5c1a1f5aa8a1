package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.catalog.Principal;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
final class HttpSessionsTest {
    private final Things things = new Things();
    private final HttpPeer peer = new HttpPeer(things.server());

    @Test
    void endsASessionThatIsNotUsed() {
        String session = peer.session();
        peer.turn(Duration.ofMinutes(29));
        assertThat(ping(session)).isEqualTo(200);
        peer.turn(Duration.ofMinutes(29));
        assertThat(ping(session)).isEqualTo(200);
        peer.turn(Duration.ofMinutes(31));
        assertThat(ping(session)).isEqualTo(404);
    }

    @Test
    void keepsASessionWhileSomebodyReadsOrWorks() throws Exception {
        String session = peer.session();
        HttpPeer.Reading news = peer.read(HttpPeer.get(session));
        things.changes.announce(new Change.Tools());
        news.data();
        peer.turn(Duration.ofHours(9));
        assertThat(ping(session)).isEqualTo(200);
        peer.read(HttpPeer.legacy(session, "w", "tools/call", waits())).data();
        peer.turn(Duration.ofHours(9));
        assertThat(ping(session)).isEqualTo(200);
        peer.endpoint.close();
        news.awaitEnd();
    }

    @Test
    void belongsToWhoBeganIt() {
        String session = peer.session();

        assertThat(peer.whole(pingIn(session).by(Caller.BOB)).status()).isEqualTo(404);
        assertThat(peer.whole(HttpPeer.get(session).by(Caller.BOB)).status()).isEqualTo(404);
        assertThat(peer.whole(HttpPeer.bare("DELETE").in(session).by(Caller.BOB))
                        .status())
                .isEqualTo(404);
        assertThat(ping(session)).isEqualTo(200);
    }

    @Test
    void isNotKeptAliveByOthers() {
        String session = peer.session();
        peer.turn(Duration.ofMinutes(29));
        assertThat(peer.whole(pingIn(session).by(Caller.BOB)).status()).isEqualTo(404);
        peer.turn(Duration.ofMinutes(2));

        assertThat(ping(session)).isEqualTo(404);
    }

    @Test
    void endsByDeleteWithItsStreamsAndItsWork() throws Exception {
        String session = peer.session();
        HttpPeer.Reading news = peer.read(HttpPeer.get(session));
        HttpPeer.Reading work = peer.read(HttpPeer.legacy(session, "w", "tools/call", waits()));
        assertThat(work.data().path("method").asString()).isEqualTo("notifications/progress");
        assertThat(peer.whole(HttpPeer.bare("DELETE").in(session)).status()).isEqualTo(204);

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        work.awaitEnd();
        news.awaitEnd();
        assertThat(work.left()).isZero();
        assertThat(ping(session)).isEqualTo(404);
        things.changes.announce(new Change.Tools());
        assertThat(news.left()).isZero();
    }

    @Test
    void makesRoomByEndingTheCallersOwnLeastRecentlyUsed() {
        String first = peer.session();
        String second = peer.session();
        String third = peer.session();
        String other = peer.session("2025-11-25", Caller.BOB);
        assertThat(ping(first)).isEqualTo(200);
        peer.session();

        assertThat(ping(second)).isEqualTo(404);
        assertThat(ping(first)).isEqualTo(200);
        assertThat(ping(third)).isEqualTo(200);
        assertThat(peer.whole(pingIn(other).by(Caller.BOB)).status()).isEqualTo(200);
    }

    @Test
    void letsNobodyWithoutANameEndASessionThatAnotherUsesNow() {
        Principal nobody = new Nobody();
        for (int i = 0; i < 3; i++) {
            peer.session("2025-11-25", nobody);
        }
        HttpPeer.Form more = HttpPeer.post(Wire.request(0, "initialize", Wire.initialize("2025-11-25", Peer.NOTHING)))
                .by(nobody);
        HttpRefusalsTest.refused(peer.whole(more), 503, -32603, "too many sessions");
        peer.turn(Duration.ofSeconds(61));

        assertThat(peer.whole(more).status()).isEqualTo(200);
    }

    private record Nobody() implements Principal {
        @Override
        public String id() {
            return "local";
        }

        @Override
        public boolean isAnonymous() {
            return true;
        }

        @Override
        public boolean has(String scope) {
            return false;
        }

        @Override
        public boolean covers(String account) {
            return false;
        }
    }

    @Test
    void refusesMoreThanThereIsRoomForUntilSomeAreIdle() {
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            peer.session("2025-11-25", new Caller(name, Set.of()));
        }
        HttpPeer.Form more = HttpPeer.post(Wire.request(0, "initialize", Wire.initialize("2025-11-25", Peer.NOTHING)));
        HttpRefusalsTest.refused(peer.whole(more), 503, -32603, "too many sessions; end some with DELETE");
        peer.turn(Duration.ofMinutes(31));

        assertThat(peer.whole(more).status()).isEqualTo(200);
    }

    @Test
    void refusesAnotherSessionToWhoUsesAllOfItsOwn() throws Exception {
        for (int i = 0; i < 3; i++) {
            String session = peer.session();
            HttpPeer.Reading news = peer.read(HttpPeer.get(session));
            things.changes.announce(new Change.Tools());
            news.data();
        }
        HttpPeer.Form more = HttpPeer.post(Wire.request(0, "initialize", Wire.initialize("2025-11-25", Peer.NOTHING)));

        assertThat(peer.whole(more).status()).isEqualTo(503);
        peer.endpoint.close();
    }

    @Test
    void namesSessionsSoThatTheyCannotBeGuessed() {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            String name = peer.session();
            assertThat(name).matches("[0-9a-f]{32}");
            names.add(name);
        }
        assertThat(names).hasSize(50);
    }

    @Test
    void refusesASecondRequestOfTheSameIdMeanwhile() throws Exception {
        String session = peer.session();
        HttpPeer.Reading work = peer.read(HttpPeer.legacy(session, "w", "tools/call", waits()));
        work.data();
        HttpRefusalsTest.refused(
                peer.whole(HttpPeer.legacy(session, "w", "ping", Wire.object("{}"))), 400, -32600, "give each its own");
        things.go.countDown();

        assertThat(work.data().has("result")).isTrue();
        assertThat(ping(session)).isEqualTo(200);
    }

    private static ObjectNode waits() {
        ObjectNode params = Wire.call("waits", "{}");
        params.set("_meta", Wire.object("{'progressToken':'t'}"));
        return params;
    }

    private static HttpPeer.Form pingIn(String session) {
        return HttpPeer.legacy(session, "p", "ping", Wire.object("{}"));
    }

    private int ping(String session) {
        return peer.whole(pingIn(session)).status();
    }
}
