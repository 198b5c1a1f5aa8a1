package dev.roost.x;

import dev.roost.x.MediaCalls.Progress;
import java.io.IOException;
import java.time.Duration;

/**
 * Uploads pictures and videos in segments, so that only one of them is in memory. Needs the scope media.write. Never throws
 * for anything that X or the network does. Safe for many threads.
 */
public final class XMedia {
    /**
     * Bytes in a segment. X documents up to 5 MB and allows 1000 segments, but its edge has turned away segments of 5 MB with
     * 413, and its own samples send 1 MB.
     */
    static final int SEGMENT = 1 << 20;

    /** How long X's processing is waited for, all waits together. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);

    private final MediaCalls calls;
    private final Sleeper sleeper;

    XMedia(XCalls calls, Sleeper sleeper) {
        this.calls = new MediaCalls(calls);
        this.sleeper = sleeper;
    }

    /**
     * Uploads a file and waits until X has processed it, at most 2 minutes; then {@link Media#state} says that it still goes
     * on, and {@link #status} how it ends. A segment whose answer is lost is sent once more, which X takes for the same. After
     * anything but {@link XReply.Ok} there is no upload to use; one begun expires at X by itself. A token that expires after
     * the first segment is {@link XReply.Refused}, not {@link XReply.Unauthorized}: the content was read, and the call
     * cannot be made again with it.
     */
    public XReply<Media> upload(XCaller caller, MediaFile file) {
        return calls.initialize(caller, file)
                .then(begun -> sent(caller, begun.value(), file).then(all -> finished(caller, begun.value())));
    }

    /**
     * How far X is with an upload: {@code GET /2/media/upload?command=STATUS}.
     *
     * @throws IllegalArgumentException if the id is none
     */
    public XReply<Media> status(XCaller caller, String mediaId) {
        return calls.status(caller, Checked.id("media id", mediaId)).map(Progress::media);
    }

    private XReply<Integer> sent(XCaller caller, Media media, MediaFile file) {
        int last = (int) ((file.totalBytes() - 1) / SEGMENT);
        for (int index = 0; index < last; index++) {
            XReply<Integer> reply = sent(caller, media, file, index);
            if (!(reply instanceof XReply.Ok<Integer>)) {
                return reply;
            }
        }
        return sent(caller, media, file, last);
    }

    private XReply<Integer> sent(XCaller caller, Media media, MediaFile file, int index) {
        try {
            return appended(caller, media, index, file.segment(index, SEGMENT));
        } catch (IOException e) {
            return XCalls.refused(
                    XProblem.Kind.INVALID_REQUEST,
                    "The content could not be read (" + Censor.shown(String.valueOf(e.getMessage()))
                            + "); upload it again, with its exact size.");
        }
    }

    private XReply<Integer> appended(XCaller caller, Media media, int index, byte[] segment) {
        XReply<Integer> first = calls.append(caller, media, index, segment);
        boolean again = first instanceof XReply.Unknown<Integer> || first instanceof XReply.NotSent<Integer>;
        return unrepeatable(again ? calls.append(caller, media, index, segment) : first);
    }

    private XReply<Media> finished(XCaller caller, Media media) {
        return unrepeatable(calls.finish(caller, media)).then(finished -> processed(caller, media, finished));
    }

    /** Asks until X is done. An answer that says nothing is asked for again; a no leaves the upload as it was last seen. */
    private XReply<Media> processed(XCaller caller, Media begun, XReply.Ok<Progress> finished) {
        XReply.Ok<Progress> last = finished;
        Media media = begun.updated(last.value().media());
        Duration left = PATIENCE;
        while (!media.state().isFinal() && left.isPositive()) {
            Duration wait = wait(last.value().checkAfter(), left);
            left = left.minus(wait);
            if (!slept(wait)) {
                break;
            }
            XReply<Progress> reply = calls.status(caller, media.id());
            if (reply instanceof XReply.Ok<Progress> ok) {
                last = ok;
                media = media.updated(ok.value().media());
            } else if (!(reply instanceof XReply.Unknown<Progress> || reply instanceof XReply.NotSent<Progress>)) {
                break;
            }
        }
        return media.state() == Media.State.FAILED
                ? failed(caller, last.value().failure())
                : new XReply.Ok<>(media, last.limits());
    }

    private static Duration wait(Duration asked, Duration left) {
        Duration atLeast = asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
        return atLeast.compareTo(left) > 0 ? left : atLeast;
    }

    private boolean slept(Duration time) {
        try {
            sleeper.sleep(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static XReply<Media> failed(XCaller caller, String words) {
        String detail = Censor.of(caller.token().value()).clean(words);
        return new XReply.Refused<>(new XProblem(
                XProblem.Kind.INVALID_REQUEST,
                200,
                "",
                detail,
                "X took the file and could not use it: check that its content is what its media type says."));
    }

    private static <T> XReply<T> unrepeatable(XReply<T> reply) {
        return reply instanceof XReply.Unauthorized<T> no
                ? new XReply.Refused<>(new XProblem(
                        no.problem().kind(),
                        no.problem().status(),
                        no.problem().title(),
                        no.problem().detail(),
                        "The access token ended in the middle of the upload: upload the file again with a new one."))
                : reply;
    }
}
