package dev.roost.mcp.stdio;

import dev.roost.mcp.protocol.Codes;
import dev.roost.mcp.protocol.JsonRpc;
import dev.roost.mcp.protocol.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** A batch (JSON-RPC section 6), which 2025-03-26 and older have: its answers are sent together. Safe for many threads. */
final class Batch implements Answers {
    private static final int MOST = 100;

    private final Sender sender;
    private final List<JsonNode> answers = new ArrayList<>();
    private int missing;

    Batch(Sender sender) {
        this.sender = sender;
    }

    void take(ArrayNode batch, StdioServer server) throws InterruptedException {
        if (!server.hasBatches() || batch.isEmpty() || batch.size() > MOST) {
            sender.send(JsonRpc.error(
                    Optional.empty(),
                    Codes.INVALID_REQUEST,
                    server.hasBatches()
                            ? "a batch has 1 to " + MOST + " messages"
                            : "this revision of the protocol has no batches; send one message a line"));
            return;
        }
        List<Message> messages = batch.valueStream().map(JsonRpc::message).toList();
        synchronized (this) {
            missing = (int) messages.stream().filter(Message::wantsAnswer).count();
        }
        for (Message message : messages) {
            server.take(message, this);
        }
    }

    @Override
    public synchronized void answered(JsonNode answer) {
        answers.add(answer);
        cancelled();
    }

    @Override
    public synchronized void cancelled() {
        missing--;
        if (missing == 0 && !answers.isEmpty()) {
            ArrayNode all = JsonMapper.shared().createArrayNode();
            answers.forEach(all::add);
            sender.write(all);
        }
    }
}
