package dev.roost.simulator;

import java.net.http.HttpResponse;

/** An access token, and what may be done with it. */
record Person(Browser browser, String accessToken) {
    HttpResponse<String> get(String path) {
        return browser.get(path, authorization());
    }

    HttpResponse<String> delete(String path) {
        return browser.delete(path, authorization());
    }

    HttpResponse<String> post(String path, String body) {
        return browser.postJson(path, body, authorization());
    }

    /** Makes a post of this JSON. */
    HttpResponse<String> tweet(String body) {
        return post("/2/tweets", body);
    }

    private String[] authorization() {
        return new String[] {"Authorization", "Bearer " + accessToken};
    }
}
