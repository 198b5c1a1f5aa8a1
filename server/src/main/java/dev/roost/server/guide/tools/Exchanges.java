package dev.roost.server.guide.tools;

import dev.roost.core.Flights;
import dev.roost.core.SealedMemory;
import dev.roost.core.Secret;
import dev.roost.core.SignInEndpoint.ExchangeAnswer;
import dev.roost.core.XAnswer;
import dev.roost.server.guide.tools.ToolResult.Failure;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private static final String ISSUED = "issued";
    private static final String REFUSED = "refused";

    private final Workshop workshop;
    private final ToolLog log;
    private final SealedMemory answers;
    private final Flights<Request, ToolResult> flights = new Flights<>(Runnable::run);

    Exchanges(Workshop workshop, ToolLog log) {
        this.workshop = workshop;
        this.log = log;
        this.answers = new SealedMemory(MOST, KEEP, workshop.nanoTime(), workshop.random());
    }

    /** A call. */
    record Request(Secret code, Secret codeVerifier, URI callbackUrl) {
        List<Secret> secrets() {
            return List.of(code, codeVerifier, Secret.of(callbackUrl.toString()));
        }
    }

    /** Exchanges, or joins the same exchange, or repeats its answer. */
    ToolResult exchange(Request request) {
        return flights.join(request, () -> repeated(request).orElseGet(() -> asked(request)))
                .join();
    }

    private ToolResult asked(Request request) {
        long start = log.now();
        log.exchangeStarted();
        Instant sentAt = workshop.clock().instant();
        ExchangeAnswer answer =
                workshop.signIn().exchange(request.code(), request.codeVerifier(), request.callbackUrl());
        return switch (answer) {
            case ExchangeAnswer.Issued issued -> {
                ObjectNode result = ExchangeTool.result(issued);
                keep(
                        request,
                        ISSUED,
                        result.toString(),
                        sentAt.plus(issued.lifetime()).toString());
                log.exchanged(
                        issued.lifetime().toSeconds(),
                        issued.refresh().isPresent(),
                        ScopeText.of(issued.scopes()),
                        start);
                yield new ToolResult.Success(result);
            }
            case ExchangeAnswer.Refused(XAnswer said) -> {
                keep(request, REFUSED, String.valueOf(said.status()), said.error(), said.description());
                Failure failure = ExchangeTool.refused(said);
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

    private void keep(Request request, String... answer) {
        answers.keep(request.secrets(), List.of(answer));
    }

    private Optional<ToolResult> repeated(Request request) {
        return answers.recall(request.secrets())
                .map(kept -> kept.getFirst().equals(REFUSED)
                        ? ExchangeTool.refused(new XAnswer(Integer.parseInt(kept.get(1)), kept.get(2), kept.get(3)))
                        : issued(kept.get(1), Instant.parse(kept.get(2))));
    }

    private ToolResult issued(String text, Instant expiresAt) {
        ObjectNode result = (ObjectNode) JsonMapper.shared().readTree(text);
        result.put("expiresIn", RefreshTool.secondsLeft(workshop.clock(), expiresAt));
        return new ToolResult.Success(result.put("replayed", true));
    }
}
