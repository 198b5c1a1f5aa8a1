package dev.roost.server.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OwnReturnTest {
    @Test
    void wayBackLeadsToThisServerAlone() {
        URI here = URI.create("http://127.0.0.1:3001");
        assertThat(OwnReturn.from(URI.create("http://127.0.0.1:3001/dashboard/arrived"), here))
                .contains(URI.create("/dashboard/arrived"));
        assertThat(OwnReturn.from(URI.create("http://localhost:3001/dashboard/arrived"), here))
                .contains(URI.create("http://localhost:3001/dashboard/arrived"));
        for (String foreign : List.of(
                "http://evil.example/dashboard/arrived",
                "http://127.0.0.1:3002/dashboard/arrived",
                "http://localhost:3002/dashboard/arrived",
                "http://127.0.0.1:3001/dashboard/arrived/../x",
                "http://127.0.0.1:3001/dashboard/arrived?x=1",
                "http://me@127.0.0.1:3001/dashboard/arrived",
                "http://localhost.evil.example:3001/dashboard/arrived",
                "/dashboard/arrived")) {
            assertThat(OwnReturn.from(URI.create(foreign), here)).as(foreign).isEmpty();
        }
    }
}
