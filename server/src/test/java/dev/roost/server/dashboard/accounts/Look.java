package dev.roost.server.dashboard.accounts;

import dev.roost.core.Account;
import dev.roost.core.Lease;
import dev.roost.core.LeaseAnswer;
import dev.roost.core.LossCause;
import dev.roost.core.Node;
import dev.roost.core.Settlement;
import dev.roost.core.XUser;
import dev.roost.server.TestServer;
import dev.roost.testkit.Sample;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** What these tests share: pages as documents, and accounts in every state. */
final class Look {
    private static final Node NODE = new Node("elsewhere-0a1b2c3d");

    private Look() {}

    static Document at(HttpResponse<String> answer) {
        return Jsoup.parse(answer.body());
    }

    /** Connects an account that X knows nothing of. */
    static Account kept(TestServer server, String userId, String username) {
        return server.store()
                .connect(Sample.signedIn(
                        TestServer.CLIENT_ID,
                        new XUser(userId, username),
                        server.simulator().now()));
    }

    static void lose(TestServer server, Account account, LossCause cause) {
        Instant now = server.simulator().now();
        server.store()
                .settle(lease(server, account, Lease.Purpose.REFRESH), new Settlement.Refused(now, cause, "400 no"));
    }

    static void leaveOpen(TestServer server, Account account) {
        Instant now = server.simulator().now();
        server.store()
                .settle(
                        lease(server, account, Lease.Purpose.REFRESH),
                        new Settlement.Unknown(now, now.plusSeconds(60), "the connection was cut"));
    }

    static void takeOut(TestServer server, Account account) {
        server.store()
                .disconnect(
                        lease(server, account, Lease.Purpose.DISCONNECT),
                        server.simulator().now(),
                        "revoked at X");
    }

    private static Lease lease(TestServer server, Account account, Lease.Purpose purpose) {
        LeaseAnswer answer =
                server.store().lease(account.id(), account.generation(), purpose, NODE, Duration.ofSeconds(90));
        return ((LeaseAnswer.Granted) answer).lease();
    }
}
