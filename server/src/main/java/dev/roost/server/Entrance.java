package dev.roost.server;

import dev.roost.core.StoreUnavailableException;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Turns every request into a call of an endpoint, and every failure into a status. */
final class Entrance extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Entrance.class.getName());

    private final Address address;
    private final Map<String, Endpoint> routes;

    Entrance(Address address, Map<String, Endpoint> routes) {
        this.address = address;
        this.routes = routes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Reply reply = safeAnswer(request);
        if (reply.status() == 405) {
            response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
        }
        send(reply, response, callback);
        return true;
    }

    /** Writes a reply with the headers that all of them have. */
    static void send(Reply reply, Response response, Callback callback) {
        response.setStatus(reply.status());
        response.getHeaders()
                .put(HttpHeader.CONTENT_TYPE, reply.type())
                .put(HttpHeader.CACHE_CONTROL, "no-store")
                .put(new HttpField("Content-Security-Policy", reply.policy()))
                .put(new HttpField("X-Content-Type-Options", "nosniff"))
                .put(new HttpField("Referrer-Policy", "no-referrer"));
        Content.Sink.write(response, true, reply.body(), callback);
    }

    private Reply safeAnswer(Request request) {
        try {
            return answer(request);
        } catch (StoreUnavailableException e) {
            return Reply.error(503, "store_unavailable", e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "a request to " + Request.getPathInContext(request) + " failed", e);
            return Reply.error(500, "internal", "something went wrong inside Roost; its log says what");
        }
    }

    private Reply answer(Request request) {
        if (!address.isMeantBy(Request.getServerName(request))) {
            return Reply.error(
                    421, "wrong_host", "this server answers on this machine only; open it as http://127.0.0.1:PORT");
        }
        String path = Request.getPathInContext(request);
        Endpoint endpoint = routes.get(path);
        if (endpoint == null) {
            return Reply.error(404, "not_found", "there is nothing here; see / for what listens");
        }
        boolean head = HttpMethod.HEAD.is(request.getMethod()) && !path.equals(CallbackEndpoint.PATH);
        if (!head && !HttpMethod.GET.is(request.getMethod())) {
            return Reply.error(405, "method_not_allowed", "this address answers GET only");
        }
        return endpoint.answer(request);
    }
}
