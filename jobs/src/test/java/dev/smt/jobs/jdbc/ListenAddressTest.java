package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

/** Where the server listens. */
class ListenAddressTest {
    @Test
    void onlyThisMachineConnectsWithoutAPassword() {
        assertThat(ListenAddress.of("127.0.0.1", 10000, false).address().isLoopbackAddress())
                .isTrue();
        assertThat(ListenAddress.of("::1", 10000, false).address().isLoopbackAddress())
                .isTrue();
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ListenAddress.of("0.0.0.0", 10000, false))
                .withMessageContaining("--password-file");
        assertThat(ListenAddress.of("0.0.0.0", 10000, true).address().isAnyLocalAddress())
                .isTrue();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ListenAddress.of("192.0.2.1", 70_000, false))
                .satisfies(refused -> assertThat(refused.problems()).hasSize(2));
    }

    @Test
    void aPortInUseIsRefusedWithTheMend() throws IOException {
        try (ServerSocket taken = ListenAddress.of("127.0.0.1", 0, false).bind()) {
            ListenAddress again = ListenAddress.of("127.0.0.1", taken.getLocalPort(), false);
            assertThatExceptionOfType(InvalidInputException.class)
                    .isThrownBy(again::bind)
                    .withMessageContaining("port " + taken.getLocalPort())
                    .withMessageContaining("--port with one that no other program has");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsRefused() {
        ListenAddress elsewhere = ListenAddress.of("192.0.2.1", 0, true);
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(elsewhere::bind)
                .withMessageContaining("--host with an address of this machine");
    }
}
