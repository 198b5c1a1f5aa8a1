package dev.roost.simulator;

import dev.roost.simulator.DataGate.Rule;
import dev.roost.simulator.LedgerMedia.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The calls of API v2 that upload media: in segments, or at once. */
final class MediaRoutes {

    private static final String UPLOAD = "/2/media/upload";
    private static final Set<String> FIELDS =
            Set.of("media_type", "total_bytes", "media_category", "shared", "additional_owners");
    private static final Set<String> CATEGORIES = Set.of(
            "amplify_video", "tweet_gif", "tweet_image", "tweet_video", "dm_gif", "dm_image", "dm_video", "subtitles");

    private final World world;
    private final DataGate gate;

    MediaRoutes(World world, DataGate gate) {
        this.world = world;
        this.gate = gate;
    }

    List<Route> all() {
        return List.of(
                route("POST", UPLOAD + "/initialize", rule("initialize", 1875, 180_000), this::initialize),
                route("POST", UPLOAD + "/{}/append", rule("append", 1875, 180_000), this::append),
                route("POST", UPLOAD + "/{}/finalize", rule("finalize", 1875, 180_000), this::end),
                route("GET", UPLOAD, rule("status", 1000, 100_000), this::status),
                route("POST", UPLOAD, rule("upload", 500, 50_000), this::atOnce));
    }

    private static Rule rule(String name, int limit, int appDailyLimit) {
        return Rule.needing("media " + name, limit, "media.write").daily(0, appDailyLimit);
    }

    private Route route(String method, String path, Rule rule, DataGate.Action action) {
        return new Route(Endpoint.MEDIA, method, path, gate.guard(rule, action));
    }

    private Answer initialize(Grant grant, Visit visit) {
        ObjectNode body;
        try {
            body = Json.readObject(visit.call().body());
        } catch (IllegalArgumentException e) {
            return Problems.invalid("body", "", "The body is not valid JSON.");
        }
        Findings findings = new Findings();
        for (String field : body.propertyNames()) {
            if (!FIELDS.contains(field)) {
                findings.add(field, "", "The field `" + field + "` is not allowed.");
            }
        }
        JsonNode total = body.path("total_bytes");
        if (!total.isIntegralNumber() || !total.canConvertToLong()) {
            findings.add("total_bytes", total.asString(""), "The `total_bytes` must be a whole number.");
        }
        return open(
                grant,
                new Upload.Declared(
                        body.path("media_type").asString(""),
                        body.path("media_category").asString(""),
                        total.asLong(0)),
                findings,
                upload -> Shapes.data(describe(upload)));
    }

    private Answer open(Grant grant, Upload.Declared declared, Findings findings, Function<Upload, Answer> answer) {
        Optional<MediaType> kind = MediaType.of(declared.mediaType());
        if (kind.isEmpty()) {
            findings.add("media_type", declared.mediaType(), "The `media_type` is missing or not supported.");
        }
        if (!declared.category().isEmpty() && !CATEGORIES.contains(declared.category())) {
            findings.add("media_category", declared.category(), "The `media_category` is not supported.");
        }
        if (declared.bytes() < 1) {
            findings.add("total_bytes", Long.toString(declared.bytes()), "The `total_bytes` must be 1 or more.");
        }
        kind.filter(each -> declared.bytes() > each.maxBytes())
                .ifPresent(each -> findings.add(
                        "total_bytes",
                        Long.toString(declared.bytes()),
                        "File size exceeds " + each.maxBytes() + " bytes."));
        return findings.refusal()
                .or(() -> kind.map(each -> answer.apply(world.media().open(grant.userId(), each, declared))))
                .orElseThrow();
    }

    private Answer append(Grant grant, Visit visit) {
        Optional<Parts> parts = Parts.of(visit.call());
        if (parts.isEmpty() || parts.get().media().isEmpty()) {
            return Problems.invalid("media", "", "The `media` is missing: send a form, or JSON with base64.");
        }
        String segment = parts.get().text("segment_index");
        if (!segment.matches("[0-9]{1,3}")) {
            return Problems.invalid("segment_index", segment, "The `segment_index` must be a number from 0 to 999.");
        }
        byte[] content = parts.get().media().get();
        return onUpload("id", visit.pathValue(), grant, upload -> {
            if (upload.stateAt(world.clock().now()) != State.OPEN) {
                return Problems.invalid("id", upload.id(), "The upload is finalized and takes no more segments.");
            }
            return upload.segments().add(Integer.parseInt(segment), content)
                    ? Shapes.data(
                            Json.object().put("expires_at", upload.expiresAt().getEpochSecond()))
                    : Problems.invalid("segment_index", segment, "The segment came before, with other content.");
        });
    }

    private Answer end(Grant grant, Visit visit) {
        return onUpload("id", visit.pathValue(), grant, upload -> {
            if (!upload.isComplete()) {
                return Problems.invalid(
                        "id",
                        upload.id(),
                        "The upload has " + upload.segments().bytes() + " bytes in segments"
                                + (upload.segments().isWithoutGap() ? "" : ", with a gap,") + " and was declared with "
                                + upload.declaredBytes() + ".");
            }
            upload.end(world.clock().now(), world.switches().mediaProcessingFails());
            return Shapes.data(described(upload, upload.isProcessed()));
        });
    }

    private Answer status(Grant grant, Visit visit) {
        Findings findings = new Findings();
        Query query = new Query(visit.call(), findings);
        query.allow(List.of("command", "media_id"));
        if (visit.call().query().containsKey("command")
                && !query.value("command").equals("STATUS")) {
            query.fault("command", query.value("command"), "is not one of [STATUS]");
        }
        return findings.refusal()
                .orElseGet(() -> onUpload(
                        "media_id",
                        query.value("media_id"),
                        grant,
                        upload -> Shapes.data(
                                described(upload, upload.stateAt(world.clock().now()) != State.OPEN))));
    }

    private Answer atOnce(Grant grant, Visit visit) {
        Optional<Parts> parts = Parts.of(visit.call());
        if (parts.isEmpty() || parts.get().media().isEmpty()) {
            return Problems.invalid("media", "", "The `media` is missing: send a form, or JSON with base64.");
        }
        byte[] content = parts.get().media().get();
        String category = parts.get().text("media_category");
        String type = parts.get().text("media_type");
        String typeOrUsual = type.isEmpty() ? MediaType.usual(category) : type;
        return open(grant, new Upload.Declared(typeOrUsual, category, content.length), new Findings(), upload -> {
            upload.segments().add(0, content);
            upload.end(world.clock().now(), world.switches().mediaProcessingFails());
            return Shapes.data(described(upload, upload.isProcessed()));
        });
    }

    private Answer onUpload(String parameter, String id, Grant grant, Function<Upload, Answer> action) {
        return world.media()
                .find(id, grant.userId())
                .map(action)
                .orElseGet(() -> Problems.invalid(
                        parameter, id, "The `" + parameter + "` [" + id + "] is no upload of yours, or it expired."));
    }

    private ObjectNode describe(Upload upload) {
        // Rounded up, so that a fresh upload has the whole day.
        long left = Duration.between(world.clock().now(), upload.expiresAt())
                .plusMillis(999)
                .toSeconds();
        return Json.object()
                .put("id", upload.id())
                .put("media_key", upload.key())
                .put("expires_after_secs", left);
    }

    /** With the size, and with how far its processing is if that is asked for. */
    private ObjectNode described(Upload upload, boolean withProcessing) {
        ObjectNode shape = describe(upload).put("size", upload.segments().bytes());
        if (withProcessing) {
            shape.set("processing_info", processing(upload.stateAt(world.clock().now())));
        }
        return shape;
    }

    private static ObjectNode processing(State state) {
        ObjectNode info = Json.object().put("state", state.word());
        return switch (state) {
            case OPEN -> info;
            case PENDING -> info.put("check_after_secs", Upload.STAGE.toSeconds());
            case IN_PROGRESS ->
                info.put("check_after_secs", Upload.STAGE.toSeconds()).put("progress_percent", 50);
            case SUCCEEDED -> info.put("progress_percent", 100);
            case FAILED -> {
                info.putObject("error")
                        .put("code", 1)
                        .put("name", "InvalidMedia")
                        .put("message", "Unsupported video format");
                yield info;
            }
        };
    }
}
