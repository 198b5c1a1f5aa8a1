package dev.roost.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Which room may know which. */
final class HouseTest {
    private static final JavaClasses ROOST = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.roost");

    @Test
    void keepsTheCoreToTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.roost.core..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.roost.core..", "java..", "org.jspecify..")
                .check(ROOST);
    }

    @Test
    void keepsStoreXAndSimulatorApart() {
        String[] rooms = {"store", "x", "simulator", "server", "cli"};
        for (String room : new String[] {"store", "x", "simulator"}) {
            String[] others = Arrays.stream(rooms)
                    .filter(other -> !other.equals(room))
                    .map(other -> "dev.roost." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.roost." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .check(ROOST);
        }
        noClasses()
                .that()
                .resideInAPackage("dev.roost.simulator..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.roost.core..")
                .check(ROOST);
    }

    @Test
    void hasNoCycles() {
        slices().matching("dev.roost.(**)").should().beFreeOfCycles().check(ROOST);
    }
}
