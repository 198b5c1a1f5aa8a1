package dev.roost.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.roost.mcp.protocol.Envelope;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.Message;
import dev.roost.mcp.protocol.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class CancelTest {
    private final Things things = new Things();

    @ParameterizedTest
    @EnumSource(Era.class)
    void interruptsTheWorkAndSendsNothingMore(Era era) throws Exception {
        Peer.Running call = begin(new Peer(things.server(), era, Peer.NOTHING), "waits");
        assertThat(call.next().at("/params/message").asString()).isEqualTo("begun");
        call.ticket().cancel();

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(call.await()).isEmpty();
        assertThat(call.told()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Era.class)
    void answersNothingEvenIfTheWorkDoesNotStop(Era era) throws Exception {
        Peer.Running call = begin(new Peer(things.server(), era, Peer.NOTHING), "stubborn");
        assertThat(things.waiting.await(20, TimeUnit.SECONDS)).isTrue();
        call.ticket().cancel();
        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        things.go.countDown();

        assertThat(call.await()).isEmpty();
    }

    @Test
    void cancelsByANotificationInASession() throws Exception {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        Peer.Running call = begin(peer, "waits");
        call.next();
        for (String id :
                List.of("{}", "{'requestId':null}", "{'requestId':99}", "{'requestId':[]}", "{'requestId':'1'}")) {
            notify(peer, id);
        }
        assertThat(things.interrupted.getCount()).isEqualTo(1);
        notify(peer, "{'requestId':" + call.request().id() + ",'reason':'enough'}");

        assertThat(things.interrupted.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(call.await()).isEmpty();
    }

    @Test
    void cancelsAQuestionToThePersonToo() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.ALL);
        Peer.Running call = begin(peer, "asks_name");
        JsonNode question = call.next();
        call.ticket().cancel();

        assertThat(call.await()).isEmpty();
        peer.answerWith(question, "{'action':'accept'}");
        assertThat(call.told()).isEmpty();
    }

    @Test
    void isTooLateOnceTheAnswerIsThere() {
        Peer.Running call = begin(new Peer(things.server(), Era.MODERN, Peer.NOTHING), "counts");
        assertThat(call.answer().has("result")).isTrue();
        call.ticket().cancel();

        assertThat(call.answer().has("result")).isTrue();
    }

    @Test
    void leavesTheWorkersThreadUninterruptedAfterwards() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Peer peer = new Peer(things.server(), Era.MODERN, Peer.NOTHING);
        Message.Request request = (Message.Request)
                JsonRpc.message(Wire.request(1, "tools/call", Wire.modern(Wire.call("stubborn", "{}"), Peer.NOTHING)));
        Ticket ticket = new Ticket(Wire.THREADS, message -> {}, self -> {
            self.cancel();
            things.go.countDown();
            var _ = peer.server.modern(request, Envelope.of(request.params()), Caller.ANN, self);
            interrupted.complete(Thread.currentThread().isInterrupted());
        });
        ticket.start();

        assertThat(interrupted.orTimeout(20, TimeUnit.SECONDS).join()).isFalse();
    }

    @Test
    void doesNotWaitForAClientThatDoesNotRead() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch reads = new CountDownLatch(1);
        AtomicInteger brokenOff = new AtomicInteger();
        Peer peer = new Peer(things.server(), Era.MODERN, Peer.NOTHING);
        ObjectNode params = Wire.call("counts", "{}");
        params.set("_meta", Wire.object("{'progressToken':1}"));
        Message.Request request =
                (Message.Request) JsonRpc.message(Wire.request(1, "tools/call", Wire.modern(params, Peer.NOTHING)));
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        Ticket ticket = new Ticket(
                Wire.THREADS,
                message -> {
                    sending.countDown();
                    try {
                        reads.await();
                    } catch (InterruptedException e) {
                        brokenOff.incrementAndGet();
                    }
                },
                self -> answered.complete(peer.server
                        .modern(request, Envelope.of(request.params()), Caller.ANN, self)
                        .isPresent()));
        ticket.start();
        assertThat(sending.await(20, TimeUnit.SECONDS)).isTrue();
        CompletableFuture.runAsync(ticket::cancel).get(20, TimeUnit.SECONDS);
        reads.countDown();

        assertThat(answered.get(20, TimeUnit.SECONDS)).isFalse();
        assertThat(brokenOff).as("half a message would break the stream").hasValue(0);
    }

    /** The race of the end with a cancellation: either there is an answer, or the client hears nothing; never a hang. */
    @ParameterizedTest
    @EnumSource(Era.class)
    void endsOneWayOrTheOtherWhenBothComeAtOnce(Era era) throws Exception {
        Peer peer = new Peer(things.server(), era, Peer.NOTHING);
        List<Peer.Running> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            CyclicBarrier both = new CyclicBarrier(2);
            Peer.Running call = begin(peer, "counts");
            Thread canceller = Wire.THREADS.newThread(() -> {
                try {
                    both.await(20, TimeUnit.SECONDS);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                call.ticket().cancel();
            });
            canceller.start();
            both.await(20, TimeUnit.SECONDS);
            canceller.join();
            all.add(call);
        }
        assertThat(all)
                .allSatisfy(call -> assertThat(call.await()
                                .map(answer -> answer.message().has("result"))
                                .orElse(true))
                        .isTrue());
        assertThat(peer.session.map(one -> one.isBusy()).orElse(false)).isFalse();
    }

    @Test
    void refusesASecondRequestOfTheSameIdWhileTheFirstIsUnderWay() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        Peer.Running call = begin(peer, "waits");
        call.next();
        Ticket second = new Ticket(Wire.THREADS, message -> {}, self -> {});

        assertThat(peer.session.orElseThrow().begin(call.request(), second).orElseThrow())
                .hasMessageContaining("give each its own");
        things.go.countDown();
        assertThat(call.answer().has("result")).isTrue();
        assertThat(peer.session.orElseThrow().begin(call.request(), second)).isEmpty();
    }

    @Test
    void refusesMoreRequestsAtOnceThanItCanKeep() {
        Peer peer = new Peer(things.server(), Era.LEGACY, Peer.NOTHING);
        Ticket ticket = new Ticket(Wire.THREADS, message -> {}, self -> {});
        for (int i = 0; i < 1024; i++) {
            assertThat(peer.session.orElseThrow().begin(request(i), ticket)).isEmpty();
        }
        assertThat(peer.session.orElseThrow().begin(request(1024), ticket).orElseThrow())
                .hasMessageContaining("1024 requests under way");
    }

    private static Message.Request request(int id) {
        return (Message.Request) JsonRpc.message(Wire.request(id, "ping", Wire.object("{}")));
    }

    private static void notify(Peer peer, String params) {
        peer.session.orElseThrow().notified(new Message.Notification("notifications/cancelled", Wire.object(params)));
    }

    private static Peer.Running begin(Peer peer, String tool) {
        ObjectNode params = Wire.call(tool, "{}");
        params.set("_meta", Wire.object("{'progressToken':1}"));
        return peer.begin("tools/call", params);
    }
}
