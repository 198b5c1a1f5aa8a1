package dev.roost.server.guide.tools;

import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.server.guide.tools.ToolResult.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Exchanges codes at X, each once: the same call made again, meanwhile or within 30 seconds, gets the same answer, for the
 * first one may not have arrived. Pairs are kept sealed, in the memory of this process. When X gave no answer, nothing is
 * kept, and the same call asks X again: if the pair exists, it is lost already. Safe for many threads.
 */
final class Exchanges {
    /** How long X accepts a code. */
    private static final Duration KEEP = Duration.ofSeconds(30);

    private static final int MOST = 1000;

    private final Workshop workshop;
    private final ToolLog log;
    private final Fingerprints fingerprints;
    private final SealedAnswers seals;
    private final Remembered<Kept> kept;
    private final ConcurrentHashMap<String, CompletableFuture<ToolResult>> underWay = new ConcurrentHashMap<>();

    Exchanges(Workshop workshop, ToolLog log, Fingerprints fingerprints) {
        this.workshop = workshop;
        this.log = log;
        this.fingerprints = fingerprints;
        this.seals = new SealedAnswers(workshop.random());
        this.kept = new Remembered<>(MOST, KEEP, workshop.nanoTime());
    }

    /** What is kept of an answer. */
    private sealed interface Kept {
        record Pair(SealedAnswers.Sealed answer, Instant expiresAt) implements Kept {}

        record Refusal(Failure failure) implements Kept {}
    }

    /** A call. */
    record Request(Secret code, Secret codeVerifier, URI callbackUrl) {
        String[] texts() {
            return new String[] {code.expose(), codeVerifier.expose(), callbackUrl.toString()};
        }
    }

    /** Exchanges, or joins the same exchange, or repeats its answer. */
    ToolResult exchange(Request request) {
        String fingerprint = fingerprints.of(request.texts());
        CompletableFuture<ToolResult> mine = new CompletableFuture<>();
        CompletableFuture<ToolResult> other = underWay.putIfAbsent(fingerprint, mine);
        if (other != null) {
            return joined(other);
        }
        try {
            ToolResult result = kept.get(fingerprint)
                    .map(answer -> repeated(answer, request))
                    .orElseGet(() -> asked(fingerprint, request));
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(fingerprint, mine);
        }
    }

    private static ToolResult joined(CompletableFuture<ToolResult> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the same call, made a moment ago, failed", e);
        }
    }

    private ToolResult asked(String fingerprint, Request request) {
        long start = log.now();
        log.exchangeStarted();
        Instant sentAt = workshop.clock().instant();
        ExchangeAnswer answer =
                workshop.signIn().exchange(request.code(), request.codeVerifier(), request.callbackUrl());
        return switch (answer) {
            case ExchangeAnswer.Issued issued -> {
                ObjectNode result = ExchangeTool.result(issued);
                kept.put(
                        fingerprint,
                        new Kept.Pair(seals.close(result.toString(), request.texts()), sentAt.plus(issued.lifetime())));
                log.exchanged(
                        issued.lifetime().toSeconds(),
                        issued.refresh().isPresent(),
                        ScopeText.of(issued.scopes()),
                        start);
                yield new ToolResult.Success(result);
            }
            case ExchangeAnswer.Refused refused -> {
                Failure failure = ExchangeTool.refused(refused.answer());
                kept.put(fingerprint, new Kept.Refusal(failure));
                log.exchangeFailed(failure, start);
                yield failure;
            }
            case ExchangeAnswer.Failed failed -> {
                Failure failure = ExchangeTool.failed(failed.reason());
                log.exchangeFailed(failure, start);
                yield failure;
            }
        };
    }

    private ToolResult repeated(Kept answer, Request request) {
        return switch (answer) {
            case Kept.Refusal refusal -> refusal.failure();
            case Kept.Pair pair -> {
                ObjectNode result =
                        (ObjectNode) JsonMapper.shared().readTree(seals.open(pair.answer(), request.texts()));
                result.put("expiresIn", RefreshTool.secondsLeft(workshop.clock(), pair.expiresAt()));
                yield new ToolResult.Success(result.put("replayed", true));
            }
        };
    }
}
