package dev.roost.x;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One request on its way to the head of an answer, whose body stays open; {@link Proof} knows how far it came. Used once,
 * by one thread.
 */
final class OpenExchange {
    private final XRequest request;
    private final Proof proof;
    private final Runnable whenOver;

    /** @param whenOver run once, when the answer's body ended or was closed, or when there is no answer */
    OpenExchange(XRequest request, Proof proof, Runnable whenOver) {
        this.request = request;
        this.proof = proof;
        this.whenOver = whenOver;
    }

    XStreamReply run(HttpClient client, HttpRequest message) {
        IdleBody body = new IdleBody(request.deadline(), whenOver);
        XStreamReply reply;
        try {
            reply = awaited(client.sendAsync(message, head -> {
                proof.headCame(head.statusCode());
                return body;
            }));
        } catch (RuntimeException | VirtualMachineError e) {
            reply = reply(proof.failed(e));
        }
        if (!(reply instanceof XStreamReply.Answered)) {
            body.close();
        }
        return reply;
    }

    private XStreamReply awaited(CompletableFuture<HttpResponse<IdleBody>> coming) {
        try (Patience patience = new Patience(coming)) {
            boolean there = flowed(patience) || (!proof.bodyStayed() && patience.waitedAfterAPause(request.deadline()));
            return there || !coming.cancel(true) ? settled(coming) : reply(proof.late(patience.isInterrupted()));
        }
    }

    /** Waits for the deadline, anew as long as X takes what is sent. */
    private boolean flowed(Patience patience) {
        long before;
        do {
            before = request.body().taken();
            if (patience.waited(request.deadline(), proof::bodyStayed)) {
                return true;
            }
        } while (request.body().taken() > before);
        return false;
    }

    private XStreamReply settled(CompletableFuture<HttpResponse<IdleBody>> come) {
        if (come.isCompletedExceptionally()) {
            return reply(proof.failed(come.exceptionNow()));
        }
        HttpResponse<IdleBody> answer = come.resultNow();
        Optional<Delivery.Failure> refused = proof.refusedByProxy(answer.statusCode());
        return refused.isPresent()
                ? reply(refused.get())
                : new XStreamReply.Answered(
                        answer.statusCode(), answer.headers().map(), answer.body().stream());
    }

    private static XStreamReply reply(Delivery.Failure failure) {
        return switch (failure) {
            case Delivery.NotSent notSent -> new XStreamReply.NotSent(notSent.reason());
            case Delivery.Unknown unknown -> new XStreamReply.Unknown(unknown.reason());
        };
    }
}
