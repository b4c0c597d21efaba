package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that says who may connect. */
class PasswordsTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAFileEverybodyMay() {
        assertThat(Passwords.none().areNeeded()).isFalse();
        assertThat(Passwords.none().accept("anybody", "".toCharArray())).isTrue();
    }

    @Test
    void onlyTheFilesUsersMayEachWithTheirOwnPassword() throws IOException {
        Passwords passwords = Passwords.read(file("rw-------", "# analysts", "", "ann:one:two", "bob:three"));
        assertThat(passwords.areNeeded()).isTrue();
        assertThat(passwords.accept("ann", "one:two".toCharArray())).isTrue();
        assertThat(passwords.accept("bob", "three".toCharArray())).isTrue();
        assertThat(passwords.accept("ann", "three".toCharArray())).isFalse();
        assertThat(passwords.accept("ann", "".toCharArray())).isFalse();
        assertThat(passwords.accept("carl", "three".toCharArray())).isFalse();
        assertThat(passwords.accept("", "".toCharArray())).isFalse();
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws IOException {
        Path file = file("rw-r-----", "ann:one");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Passwords.read(file))
                .withMessageContaining("chmod 600 " + file);
    }

    @Test
    void allBadLinesAreNamedWithoutWhatTheySay() throws IOException {
        Path file = file("rw-------", "secret", "ann:one", ":secret", "bob:", "ann:secret");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Passwords.read(file))
                .satisfies(refused -> assertThat(refused.problems())
                        .containsExactly(
                                file + ", line 1: allowed: user:password",
                                file + ", line 3: allowed: user:password",
                                file + ", line 4: allowed: user:password",
                                file + ", line 5: user ann is in it twice; allowed: one line for each user"));
    }

    @Test
    void aFileWithoutUsersAndOneThatIsMissingAreRefused() throws IOException {
        Path empty = file("rw-------", "# nobody");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Passwords.read(empty))
                .withMessageContaining("has no user");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> Passwords.read(folder.resolve("missing")))
                .withMessageContaining("can't be read");
    }

    private Path file(String permissions, String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "users", ".txt");
        Files.writeString(file, String.join("\n", lines));
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
