package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.Smt;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a command of the command line did, run in this JVM.
 *
 * @param exitCode 0 done, 1 the work failed, 2 bad usage or configuration
 * @param out what it printed
 * @param err what it complained of
 */
record CommandRun(int exitCode, String out, String err) {

    /** Runs a command as it would be typed. */
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Smt.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }

    /** Runs a command on the tiny world with some settings {@code key=value}. */
    static CommandRun onTinyWorld(List<String> command, String... settings) {
        return of(Stream.concat(
                        Stream.concat(
                                command.stream(),
                                Stream.of("--conf", TinyWorld.configuration().toString())),
                        Arrays.stream(settings).flatMap(setting -> Stream.of("--set", setting)))
                .toArray(String[]::new));
    }

    CommandRun succeeds() {
        assertThat(exitCode).as("exit code; out:%n%s%nerr:%n%s", out, err).isZero();
        assertThat(err).doesNotContain("Exception");
        return this;
    }

    /** The command refused its input and says so, in words for its user. */
    CommandRun refusesInput(String... messages) {
        assertThat(exitCode).as("exit code; out:%n%s%nerr:%n%s", out, err).isEqualTo(2);
        assertThat(err).contains(messages).doesNotContain("\tat ", "Exception");
        return this;
    }
}
