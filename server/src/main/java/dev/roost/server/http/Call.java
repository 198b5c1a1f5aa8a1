package dev.roost.server.http;

import dev.roost.core.AccountId;
import dev.roost.server.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request that the gate has let in. Used by the thread that answers it. */
public final class Call {
    /** The longest JSON document that is read, in bytes. */
    public static final int JSON_LIMIT = 256 * 1024;

    private static final JsonMapper STRICT = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Request request;
    private final String id;
    private final Map<String, String> values;
    private final Caller caller;
    private final Optional<Directory.Entry> account;
    private final LongSupplier nanoTime;
    private final Optional<Visit> visit;
    private final AtomicReference<Optional<Form>> form;

    Call(
            Request request,
            String id,
            Map<String, String> values,
            Caller caller,
            Optional<Directory.Entry> account,
            LongSupplier nanoTime) {
        this(request, id, values, caller, account, nanoTime, Optional.empty(), new AtomicReference<>(Optional.empty()));
    }

    private Call(
            Request request,
            String id,
            Map<String, String> values,
            Caller caller,
            Optional<Directory.Entry> account,
            LongSupplier nanoTime,
            Optional<Visit> visit,
            AtomicReference<Optional<Form>> form) {
        this.nanoTime = nanoTime;
        this.visit = visit;
        this.form = form;
        this.request = request;
        this.id = id;
        this.values = Map.copyOf(values);
        this.caller = caller;
        this.account = account;
    }

    Call by(Caller known) {
        return new Call(request, id, values, known, account, nanoTime, visit, form);
    }

    Call about(Optional<Directory.Entry> named) {
        return new Call(request, id, values, caller, named, nanoTime, visit, form);
    }

    Call during(Visit known) {
        return new Call(request, id, values, caller, account, nanoTime, Optional.of(known), form);
    }

    /** Returns the session of the browser; empty on routes that are for others. */
    public Optional<Visit> visit() {
        return visit;
    }

    /** Returns the session of the browser. Only for routes of {@link Access.Browser} and {@link Access.SignIn}. */
    public Session session() {
        return visit.orElseThrow(() -> new IllegalStateException("this route is not for browsers"))
                .session();
    }

    Optional<AccountId> accountIfAny() {
        return account.map(Directory.Entry::id);
    }

    /** Returns what names this request in logs and in the header {@code X-Request-Id}. */
    public String id() {
        return id;
    }

    /** Returns the HTTP method. */
    public String method() {
        return request.getMethod();
    }

    /** Returns who calls. */
    public Caller caller() {
        return caller;
    }

    /** Returns the account that the request is about. Only for routes that are about one. */
    public AccountId account() {
        return entry().id();
    }

    /** Returns the X user id of the account that the request is about. Only for routes that are about one. */
    public String userId() {
        return entry().userId();
    }

    private Directory.Entry entry() {
        return account.orElseThrow(() -> new IllegalStateException("this route is about no account"));
    }

    /** Returns a value of the path. */
    public String value(String name) {
        return values.getOrDefault(name, "");
    }

    /** Returns the query as it came, still encoded, without the question mark; empty when there is none. */
    public String rawQuery() {
        String query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    /** Returns the path as it came, still encoded. */
    public String rawPath() {
        return request.getHttpURI().getPath();
    }

    /** Returns scheme, host and port that the request was sent to. */
    public URI origin() {
        return URI.create(
                request.getHttpURI().getScheme() + "://" + request.getHttpURI().getAuthority());
    }

    /**
     * Returns a parameter of the query.
     *
     * @throws ProblemException if it is there more than once, or the query cannot be read
     */
    public Optional<String> query(String name) {
        Fields.Field field = query().get(name);
        if (field == null) {
            return Optional.empty();
        }
        if (field.getValues().size() > 1) {
            throw ProblemException.invalid("the query parameter \"" + name + "\" is there more than once; give one");
        }
        return Optional.of(field.getValue());
    }

    /** Returns all parameters of the query. */
    public Fields query() {
        try {
            return Request.extractQueryParameters(request);
        } catch (RuntimeException e) {
            throw ProblemException.invalid("the query is not encoded as it should be (percent-encoded UTF-8)");
        }
    }

    /** Returns a header of the request. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Returns all headers of the request with all their values, names in any case of letters. */
    public Map<String, List<String>> allHeaders() {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        request.getHeaders()
                .forEach(field -> all.computeIfAbsent(field.getName(), name -> new ArrayList<>())
                        .add(String.valueOf(field.getValue())));
        return all;
    }

    /** Returns the length of the body as announced; empty when it is not, as for a chunked one. */
    public Optional<Long> contentLength() {
        long length = request.getLength();
        return length < 0 ? Optional.empty() : Optional.of(length);
    }

    /** Returns the body, to be read once. It fails when it only trickles in. */
    public RequestBody stream() {
        return new RequestBody(Content.Source.asInputStream(request), nanoTime);
    }

    /**
     * Reads the body as a JSON object.
     *
     * @throws ProblemException if it is none, is not announced as JSON, is longer than {@link #JSON_LIMIT}, or does not come
     */
    public ObjectNode json() {
        JsonNode node = jsonValue();
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw ProblemException.invalid("the body is JSON but no object; send {…}");
    }

    /** Like {@link #json()}, and an empty object if there is no body. */
    public ObjectNode jsonOrEmpty() {
        return hasNoBody() ? JsonMapper.shared().createObjectNode() : json();
    }

    /** Reads the body as any JSON value. */
    public JsonNode jsonValue() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null
                || !type.strip().toLowerCase(Locale.ROOT).matches("application/([a-z.-]+\\+)?json\\s*(;.*)?")) {
            throw new ProblemException(Problem.lasting(
                    415, "not_json", "this address takes JSON only; send it with Content-Type: application/json"));
        }
        try {
            return STRICT.readTree(body());
        } catch (JacksonException e) {
            throw new ProblemException(Problem.lasting(400, "malformed_json", "the body is not valid JSON" + where(e)));
        }
    }

    /**
     * Reads the body as a form ({@code application/x-www-form-urlencoded}), once; an empty one when there is no body.
     *
     * @throws ProblemException if it is something else, is longer than {@link #JSON_LIMIT}, or does not come
     */
    public Form form() {
        Optional<Form> read = form.get();
        if (read.isPresent()) {
            return read.get();
        }
        Form fresh = hasNoBody() ? Form.none() : Form.parse(formBody());
        form.set(Optional.of(fresh));
        return fresh;
    }

    private byte[] formBody() {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null
                || !type.strip().toLowerCase(Locale.ROOT).matches("application/x-www-form-urlencoded\\s*(;.*)?")) {
            throw new ProblemException(Problem.lasting(
                    415,
                    "not_a_form",
                    "this address takes forms only; send it with Content-Type: application/x-www-form-urlencoded"));
        }
        return body();
    }

    private boolean hasNoBody() {
        return request.getLength() == 0
                || (request.getLength() < 0
                        && !request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                        && !request.getHeaders().contains(HttpHeader.CONTENT_TYPE));
    }

    private byte[] body() {
        if (request.getLength() > JSON_LIMIT) {
            throw tooLong();
        }
        try (InputStream in = stream()) {
            byte[] body = in.readNBytes(JSON_LIMIT + 1);
            if (body.length > JSON_LIMIT) {
                throw tooLong();
            }
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    Problem.lasting(408, "body_missing", "the body did not come whole and in time; send it again"));
        }
    }

    private static ProblemException tooLong() {
        return new ProblemException(
                Problem.lasting(413, "body_too_long", "the body is longer than " + JSON_LIMIT + " bytes; send less"));
    }

    /** Only the place is named: the parser's own words repeat what was sent. */
    private static String where(JacksonException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }
}
