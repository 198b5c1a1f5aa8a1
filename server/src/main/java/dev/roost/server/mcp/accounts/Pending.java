package dev.roost.server.mcp.accounts;

import dev.roost.core.SignIn;
import dev.roost.core.SignInOrigin;
import dev.roost.mcp.catalog.Ask;
import dev.roost.mcp.catalog.Call;
import dev.roost.mcp.catalog.Question;
import dev.roost.server.http.Problem;
import dev.roost.server.http.ProblemException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A sign-in that a call waits for, as the client keeps it between question and answer: its public id, and to whom it is bound.
 *
 * @param signIn the id
 * @param bound stands for the session that began it, and tells nothing of it
 */
record Pending(String signIn, String bound) {
    private static final String QUESTION = "sign_in";
    private static final String SIGN_IN = "signIn";
    private static final String BOUND = "bound";

    /** What the person answered to the question. */
    enum Answer {
        /** They open the page, or have opened it. */
        ACCEPTED,
        /** They said no. */
        DECLINED,
        /** They closed the question, or said something else. */
        NONE,
        /** The client brought no answer, so they may not have been asked. */
        MISSING
    }

    /** Asks the person to open the page. */
    static Ask ask(String message, URI url, String signIn, Call call) {
        JsonNode state =
                JsonMapper.shared().createObjectNode().put(SIGN_IN, signIn).put(BOUND, bond(call));
        return new Ask(QUESTION, new Question.Url(message, url), Optional.of(state));
    }

    /**
     * Returns what this call asked before; empty if nothing.
     *
     * @throws ProblemException if another session asked it
     */
    static Optional<Pending> of(Call call) {
        return call.state().map(state -> {
            Pending pending = new Pending(
                    state.path(SIGN_IN).asString(""), state.path(BOUND).asString(""));
            if (!pending.bound.equals(bond(call))) {
                throw strange();
            }
            return pending;
        });
    }

    /** Returns the answer to the question. */
    static Answer answer(Call call) {
        return call.answer(QUESTION)
                .map(answer -> switch (answer.path("action").asString("")) {
                    case "accept" -> Answer.ACCEPTED;
                    case "decline" -> Answer.DECLINED;
                    default -> Answer.NONE;
                })
                .orElse(Answer.MISSING);
    }

    /** Returns where a sign-in comes from that this call begins. */
    static SignInOrigin origin(Call call) {
        return new SignInOrigin(
                Optional.of(bond(call)),
                Optional.empty(),
                Optional.of(call.principal().id()));
    }

    /** Tells whether the session of this call began the sign-in. */
    static boolean isOwn(SignIn signIn, Call call) {
        return signIn.origin().label().equals(Optional.of(bond(call)));
    }

    static ProblemException strange() {
        return new ProblemException(Problem.lasting(
                404,
                "sign_in_not_found",
                "this session has begun no such sign-in; one of another session is not shown"));
    }

    /** Stands for what a sign-in is bound to: nobody can make a session's id of it. */
    private static String bond(Call call) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("roost sign-in for " + call.binding()).getBytes(StandardCharsets.UTF_8));
            return "mcp " + HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
