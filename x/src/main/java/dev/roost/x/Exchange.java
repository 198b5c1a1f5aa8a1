package dev.roost.x;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;

/** One request on its way to a whole answer; {@link Proof} knows how far it came. Used once, by one thread. */
final class Exchange {
    private final XRequest request;
    private final Proof proof;

    Exchange(XRequest request, Proof proof) {
        this.request = request;
        this.proof = proof;
    }

    /**
     * Sends and waits, from the name lookup to the last byte of the answer, until the request's deadline, and a little
     * longer if the body left ({@link Patience} says why). An interrupt ends a request that writes only while the body is
     * still here, and one that reads at any time: what it would have brought can be fetched again.
     */
    Delivery run(HttpClient client, HttpRequest message) {
        try {
            return awaited(client.sendAsync(message, head -> {
                proof.headCame(head.statusCode());
                return new CappedBody(XTransport.BODY_LIMIT);
            }));
        } catch (RuntimeException | VirtualMachineError e) {
            // The JDK reports a lack of threads or files in this form.
            return proof.failed(e);
        }
    }

    /** Waits for what was sent, which the HTTP client's threads bring at any moment, even that of cancelling it. */
    Delivery awaited(CompletableFuture<HttpResponse<byte[]>> coming) {
        try (Patience patience = new Patience(coming)) {
            boolean there = patience.waited(request.deadline(), () -> !request.writes() || proof.bodyStayed())
                    || (!isGivenUp(patience) && patience.waitedAfterAPause(request.deadline()));
            // Cancelling fails when the answer came in the meantime.
            return there || !coming.cancel(true) ? settled(coming) : proof.late(patience.isInterrupted());
        }
    }

    private boolean isGivenUp(Patience patience) {
        return proof.bodyStayed() || (patience.isInterrupted() && !request.writes());
    }

    private Delivery settled(CompletableFuture<HttpResponse<byte[]>> come) {
        return come.isCompletedExceptionally() ? proof.failed(come.exceptionNow()) : answered(come.resultNow());
    }

    private Delivery answered(HttpResponse<byte[]> answer) {
        Optional<Delivery.Failure> refused = proof.refusedByProxy(answer.statusCode());
        if (refused.isPresent()) {
            return refused.get();
        }
        String text = new String(unpacked(answer), StandardCharsets.UTF_8);
        return new Delivery.Answered(answer.statusCode(), answer.headers(), text);
    }

    /** Roost asks for no compression, but some networks compress all the same. Junk unpacks to nothing. */
    private static byte[] unpacked(HttpResponse<byte[]> answer) {
        String coding = answer.headers().firstValue("Content-Encoding").orElse("");
        if (!coding.strip().equalsIgnoreCase("gzip")) {
            return answer.body();
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            return in.readNBytes(XTransport.BODY_LIMIT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
