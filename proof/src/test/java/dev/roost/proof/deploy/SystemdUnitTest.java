package dev.roost.proof.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit of systemd, judged by systemd. */
final class SystemdUnitTest {
    private static final String HINT = "it comes with Debian's package systemd: apt-get install systemd";
    private static final Pattern EXPOSURE = Pattern.compile("Overall exposure level for roost\\.service: ([0-9.]+)");

    @TempDir
    Path folder;

    private Path unit;

    /** The program that a unit starts must exist, and Java is elsewhere here. */
    @BeforeEach
    void putTheUnit() throws Exception {
        String text = Files.readString(Tool.DEPLOY.resolve("systemd/roost.service"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        unit = Files.writeString(
                folder.resolve("roost.service"), text.replace("ExecStart=/usr/bin/java ", "ExecStart=" + java + " "));
        assertThat(unit).content().contains("ExecStart=" + java);
    }

    @Test
    void systemdFindsNoFaultInIt() throws Exception {
        Tool.Outcome outcome = Tool.run(folder, HINT, List.of("systemd-analyze", "verify", unit.toString()));
        assertThat(outcome.output()).doesNotContain("roost.service:");
        assertThat(outcome.exit()).as(outcome.output()).isZero();
    }

    @Test
    void systemdNamesAFaultWhereThereIsOne() throws Exception {
        Files.writeString(unit, Files.readString(unit).replace("PrivateTmp=yes", "PrivateTemp=yes"));
        Tool.Outcome outcome = Tool.run(folder, HINT, List.of("systemd-analyze", "verify", unit.toString()));
        assertThat(outcome.output()).contains("PrivateTemp");
    }

    @Test
    void exposesLittle() throws Exception {
        Tool.Outcome outcome = Tool.run(
                folder, HINT, List.of("systemd-analyze", "security", "--offline=true", "--no-pager", unit.toString()));
        Matcher found = EXPOSURE.matcher(outcome.output());
        assertThat(found.find()).as(outcome.output()).isTrue();
        assertThat(Double.parseDouble(found.group(1))).isLessThan(2.0);
    }

    @Test
    void waitsForRefreshesUnderWay() throws Exception {
        assertThat(Files.readString(unit)).contains("\nTimeoutStopSec=120\n", "\nType=exec\n", "\nUMask=0077\n");
    }
}
