package dev.roost.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests of commands: each has a terminal and a data folder of its own. */
abstract class AtTerminal {
    @TempDir
    Path data;

    TestTerminal terminal;

    @BeforeEach
    void open() {
        terminal = new TestTerminal(data);
    }

    @AfterEach
    void close() {
        terminal.close();
    }
}
