package dev.roost.cli;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Understands the options of {@code curl} that the documents use, and no others. */
final class Curl {
    private final List<String> headers = new ArrayList<>();
    private String method = "";
    private String address = "";
    private byte[] body = {};
    private boolean posts;
    private boolean tellsStatus;
    private boolean isQuiet;

    private Curl() {}

    /**
     * Reads a command line.
     *
     * @param input what {@code -d @-} reads
     * @param file what {@code --data-binary} reads
     */
    static Curl of(List<String> words, String input, byte[] file) {
        Curl curl = new Curl();
        Iterator<String> rest = words.subList(1, words.size()).iterator();
        while (rest.hasNext()) {
            curl.take(rest.next(), rest, input, file);
        }
        return curl;
    }

    private void take(String word, Iterator<String> rest, String input, byte[] file) {
        switch (word) {
            case "-s" -> {}
            case "-X" -> method = rest.next();
            case "-H" -> headers.add(rest.next());
            case "-d" -> {
                String data = rest.next();
                post((data.equals("@-") ? input.replace("\n", "") : data).getBytes(StandardCharsets.UTF_8));
            }
            case "--data-binary" -> {
                require(rest.next(), "@picture.png");
                post(file);
            }
            case "-w" -> {
                require(rest.next(), "%{http_code}\\n");
                tellsStatus = true;
            }
            case "-o" -> {
                require(rest.next(), "/dev/null");
                isQuiet = true;
            }
            default -> {
                if (word.startsWith("-") || !address.isEmpty()) {
                    throw new IllegalStateException("this test knows no curl " + word);
                }
                address = word;
            }
        }
    }

    private void post(byte[] data) {
        body = data;
        posts = true;
    }

    private static void require(String given, String known) {
        if (!given.equals(known)) {
            throw new IllegalStateException("this test knows only " + known + " here, not " + given);
        }
    }

    HttpRequest.Builder request() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        for (String header : headers) {
            String[] parts = header.split(":", 2);
            request.header(parts[0], parts[1].strip());
        }
        String usual = posts ? "POST" : "GET";
        return request.method(
                method.isEmpty() ? usual : method, posts ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
    }

    boolean tellsStatus() {
        return tellsStatus;
    }

    boolean isQuiet() {
        return isQuiet;
    }
}
