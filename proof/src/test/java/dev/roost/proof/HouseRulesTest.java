package dev.roost.proof;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which room may know which, and how long a file may be. Few rules, all of them kept. */
@AnalyzeClasses(packages = "dev.roost", importOptions = ImportOption.DoNotIncludeTests.class)
class HouseRulesTest {
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "(?m)^public (?:abstract |final |sealed |non-sealed )*(?:class|interface|record|enum|@interface) ");

    @ArchTest
    static final ArchRule CORE_KNOWS_THE_JDK_ALONE = classes()
            .that()
            .resideInAPackage("dev.roost.core..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("dev.roost.core..", "java..", "javax.crypto..", "org.jspecify..");

    @ArchTest
    static final ArchRule STORE_AND_X_NEVER_MEET = noClasses()
            .that()
            .resideInAPackage("dev.roost.store..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.roost.x..");

    @ArchTest
    static final ArchRule X_AND_STORE_NEVER_MEET = noClasses()
            .that()
            .resideInAPackage("dev.roost.x..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.roost.store..");

    @ArchTest
    static final ArchRule INNER_ROOMS_DO_NOT_KNOW_THE_DOORS = noClasses()
            .that()
            .resideInAnyPackage("dev.roost.core..", "dev.roost.store..", "dev.roost.x..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.roost.mcp..",
                    "dev.roost.server..",
                    "dev.roost.cli..",
                    "dev.roost.simulator..",
                    "dev.roost.testkit..");

    @ArchTest
    static final ArchRule MCP_KNOWS_NOTHING_OF_OURS = classes()
            .that()
            .resideInAPackage("dev.roost.mcp..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.roost.mcp..",
                    "java..",
                    "javax.crypto..",
                    "tools.jackson..",
                    "com.networknt..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule THE_CATALOG_KNOWS_NO_TRANSPORT = noClasses()
            .that()
            .resideInAPackage("dev.roost.mcp.catalog..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.roost.mcp.protocol..", "dev.roost.mcp.http..", "dev.roost.mcp.stdio..");

    @ArchTest
    static final ArchRule THE_SERVER_DOES_NOT_KNOW_THE_STORE = noClasses()
            .that()
            .resideInAPackage("dev.roost.server..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.roost.store..", "dev.roost.cli..", "dev.roost.simulator..");

    @ArchTest
    static final ArchRule THE_SIMULATOR_SHARES_NOTHING_WITH_THE_PRODUCT = noClasses()
            .that()
            .resideInAPackage("dev.roost.simulator..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.roost.core..",
                    "dev.roost.store..",
                    "dev.roost.x..",
                    "dev.roost.mcp..",
                    "dev.roost.server..",
                    "dev.roost.cli..");

    @ArchTest
    static final ArchRule TESTKIT_KNOWS_CORE_ALONE = noClasses()
            .that()
            .resideInAPackage("dev.roost.testkit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.roost.store..", "dev.roost.x..", "dev.roost.server..", "dev.roost.cli..");

    @ArchTest
    static void packagesHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.roost.(**)").should().beFreeOfCycles().check(classes);
    }

    @Test
    void noFileIsLongerThan400Lines() throws IOException {
        for (Path file : sources()) {
            assertThat(Files.readAllLines(file)).as(file.toString()).hasSizeLessThanOrEqualTo(400);
        }
    }

    @Test
    void everyPublicTypeIsDocumented() throws IOException {
        for (Path file : sources()) {
            String text = Files.readString(file);
            if (PUBLIC_TYPE.matcher(text).find()) {
                String beforeType = text.substring(0, text.indexOf("\npublic "));
                assertThat(beforeType).as(file.toString()).contains("/**");
            }
        }
    }

    @Test
    void noNameSaysNothing() throws IOException {
        for (Path file : sources()) {
            assertThat(file.getFileName().toString())
                    .doesNotContainPattern("(Manager|Helper|Utils?|Impl)\\.java$")
                    .doesNotStartWith("Abstract");
        }
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList();
            assertThat(found).as("source files").hasSizeGreaterThan(100);
            return found;
        }
    }
}
