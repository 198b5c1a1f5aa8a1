package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.catalog.Changes.Change;
import dev.roost.mcp.protocol.McpServer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class SubscriptionTest {
    private final Things things = new Things();

    @Test
    void tellsASessionOfListsAlwaysAndOfResourcesOnRequest() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        announceAll();
        assertThat(methods(peer))
                .containsExactly("tools/list_changed", "prompts/list_changed", "resources/list_changed");

        peer.ask("resources/subscribe", "{'uri':'test://r1'}");
        things.changes.announce(new Change.Content("test://r2"));
        things.changes.announce(new Change.Content("test://r1"));
        JsonNode news = Peer.next(peer.news);
        assertThat(news.path("method").asString()).isEqualTo("notifications/resources/updated");
        assertThat(news.at("/params/uri").asString()).isEqualTo("test://r1");

        peer.ask("resources/unsubscribe", "{'uri':'test://r1'}");
        things.changes.announce(new Change.Content("test://r1"));
        assertThat(peer.news).isEmpty();
    }

    @Test
    void tellsASessionThatHasEndedNothing() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        peer.session.orElseThrow().close();
        announceAll();

        assertThat(peer.news).isEmpty();
    }

    @Test
    void limitsTheSubscriptionsOfASession() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        for (int i = 0; i < 1000; i++) {
            assertThat(peer.ask("resources/subscribe", "{'uri':'test://" + i + "'}")
                            .has("result"))
                    .isTrue();
        }
        assertThat(peer.ask("resources/subscribe", "{'uri':'test://0'}").has("result"))
                .isTrue();
        assertThat(peer.ask("resources/subscribe", "{'uri':'test://more'}")
                        .at("/error/message")
                        .asString())
                .contains("1000 resources at most");
    }

    @Test
    void acknowledgesFirstAndTellsOnlyWhatWasAskedFor() {
        Peer.Running listening = listen("{'toolsListChanged':true,'resourceSubscriptions':['test://r1']}");
        JsonNode first = listening.next();
        assertThat(first.path("method").asString()).isEqualTo("notifications/subscriptions/acknowledged");
        assertThat(first.at("/params/notifications").toString())
                .isEqualTo("{\"toolsListChanged\":true,\"resourceSubscriptions\":[\"test://r1\"]}");

        announceAll();
        things.changes.announce(new Change.Content("test://r2"));
        things.changes.announce(new Change.Content("test://r1"));
        List<JsonNode> news = List.of(listening.next(), listening.next());
        assertThat(news)
                .extracting(one -> one.path("method").asString())
                .containsExactly("notifications/tools/list_changed", "notifications/resources/updated");
        assertThat(news)
                .allSatisfy(one -> assertThat(subscription(one))
                        .isEqualTo(listening.request().id()));
        assertThat(subscription(first)).isEqualTo(listening.request().id());
        assertThat(listening.told()).isEmpty();
    }

    @Test
    void endsEachSubscriptionWithAResultWhenTheServerCloses() {
        Peer peer = new Peer(things.server(), Era.MODERN, Peer.NOTHING);
        Peer.Running one = peer.begin("subscriptions/listen", Wire.object("{'notifications':{}}"));
        Peer.Running other =
                peer.begin("subscriptions/listen", Wire.object("{'notifications':{'toolsListChanged':true}}"));
        one.next();
        other.next();
        peer.server.close();

        assertThat(one.answer().at("/result/resultType").asString()).isEqualTo("complete");
        assertThat(other.answer().has("result")).isTrue();
        assertThat(peer.begin("subscriptions/listen", Wire.object("{'notifications':{}}"))
                        .answer()
                        .has("result"))
                .as("one that comes later does not wait for ever")
                .isTrue();
    }

    @Test
    void endsASubscriptionThatIsCancelledWithoutAWord() {
        Peer.Running listening = listen("{'toolsListChanged':true}");
        listening.next();
        listening.ticket().cancel();
        assertThat(listening.await()).isEmpty();
        announceAll();

        assertThat(listening.told()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{'notifications':null}", "{'notifications':[]}", "{'notifications':'canary-7f3a9c'}"})
    void refusesToListenToNothing(String params) {
        JsonNode answer = new Peer(things.server(), Era.MODERN, Peer.NOTHING).ask("subscriptions/listen", params);

        assertThat(answer.at("/error/code").asInt()).isEqualTo(-32602);
        assertThat(answer.at("/error/message").asString()).contains("the parameter notifications must be there");
    }

    @Test
    void tellsNobodyOfWhatTheyMayNotRead() {
        things.secret.set("test://r1");
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        assertThat(peer.ask("resources/subscribe", "{'uri':'test://r1'}")
                        .at("/error/message")
                        .asString())
                .contains("may not hear of this resource");
        Peer.Running listening = listen("{'resourceSubscriptions':['test://r1','test://r2']}");
        assertThat(listening.next().at("/params/notifications").toString())
                .isEqualTo("{\"resourceSubscriptions\":[\"test://r2\"]}");

        peer.ask("resources/subscribe", "{'uri':'test://r2'}");
        things.changes.announce(new Change.Content("test://r2", "test://r1"));
        things.secret.set("test://r2");
        things.changes.announce(new Change.Content("test://r2"));
        things.secret.set("");
        assertThat(peer.news).as("asked again at each change").isEmpty();
        things.changes.announce(new Change.Content("test://r2"));
        assertThat(peer.news).hasSize(1);
    }

    @Test
    void limitsHowManyOfOneCallerListen() {
        McpServer server = things.server();
        Peer peer = new Peer(server, Era.MODERN, Peer.NOTHING);
        List<Peer.Running> all = IntStream.range(0, 50)
                .mapToObj(n -> peer.begin("subscriptions/listen", Wire.object("{'notifications':{}}")))
                .toList();
        all.forEach(Peer.Running::next);
        assertThat(peer.ask("subscriptions/listen", "{'notifications':{}}")
                        .at("/error/message")
                        .asString())
                .contains("50 requests of this caller listen already");
        assertThat(new Peer(server, "2026-07-28", Peer.NOTHING, Caller.BOB)
                        .begin("subscriptions/listen", Wire.object("{'notifications':{}}"))
                        .next()
                        .path("method")
                        .asString())
                .contains("acknowledged");
        all.getFirst().ticket().cancel();
        assertThat(all.getFirst().await()).isEmpty();
        peer.begin("subscriptions/listen", Wire.object("{'notifications':{}}")).next();
        server.close();
    }

    private Peer.Running listen(String notifications) {
        return new Peer(things.server(), Era.MODERN, Peer.NOTHING)
                .begin("subscriptions/listen", Wire.object("{'notifications':" + notifications + "}"));
    }

    private void announceAll() {
        things.changes.announce(new Change.Tools());
        things.changes.announce(new Change.Prompts());
        things.changes.announce(new Change.Resources());
        things.changes.announce(new Change.Content("test://r3"));
    }

    private static JsonNode subscription(JsonNode message) {
        return message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId");
    }

    private static List<String> methods(Peer peer) {
        return List.of(peer.news.poll(), peer.news.poll(), peer.news.poll()).stream()
                .map(one -> one.path("method").asString().replace("notifications/", ""))
                .toList();
    }
}
