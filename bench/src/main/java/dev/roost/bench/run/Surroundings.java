package dev.roost.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a run took place, and with what. */
final class Surroundings {
    private static final Pattern VERSION = Pattern.compile("-([0-9][0-9A-Za-z.]*)\\.jar");

    private Surroundings() {}

    static Map<String, String> look(Site site) throws Exception {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        all.put("commit", output("git", "describe", "--always", "--dirty", "--abbrev=12"));
        all.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("processor", line("/proc/cpuinfo", "model name"));
        all.put("memory", line("/proc/meminfo", "MemTotal"));
        all.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        all.put("load before", Files.readString(Path.of("/proc/loadavg")).strip());
        all.put("JDK", System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vendor"));
        all.put("PostgreSQL", site.postgres().ask("postgres", "SHOW server_version") + ", " + settings(site));
        all.put("nginx", output("/usr/sbin/nginx", "-v"));
        all.put("wrk", output("wrk", "-v").lines().findFirst().orElse(""));
        for (String jar :
                List.of("jetty-server", "db-scheduler", "spring-security-oauth2-client", "sqlite-jdbc", "jmh-core")) {
            all.put(jar, version(jar));
        }
        return all;
    }

    private static String settings(Site site) throws Exception {
        return site.postgres()
                .ask(
                        "postgres",
                        "SELECT string_agg(name || '=' || current_setting(name), ' ') FROM pg_settings WHERE name IN"
                                + " ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers', 'max_wal_size')");
    }

    private static String version(String jar) {
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            int name = entry.lastIndexOf('/') + 1;
            Matcher matcher = VERSION.matcher(entry);
            if (entry.startsWith(jar + "-", name) && matcher.find(name)) {
                return matcher.group(1);
            }
        }
        return "not on the class path";
    }

    private static String line(String file, String name) throws IOException {
        try (var lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(name))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown");
        }
    }

    private static String output(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = String.join("\n", process.inputReader().readAllLines());
            var _ = process.waitFor();
            return text.strip();
        } catch (IOException e) {
            return "not there (" + command[0] + ")";
        }
    }
}
