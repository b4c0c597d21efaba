package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.fault.FileFault;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What a user sees of work that fails: the failure and its first cause, no stack trace. */
class ErrorHandlerTest {
    private final StringWriter err = new StringWriter();

    /** Throws what it is given. */
    @Command(name = "work")
    private static final class Work implements Callable<Integer> {
        private final Throwable failure;

        Work(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    @Test
    void theFirstCauseIsNamedBesideTheFailure() {
        assertThat(run(new IllegalStateException(
                        "rows could not be written", new UncheckedIOException(new IOException("No space left")))))
                .isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "work failed: IllegalStateException: rows could not be written\n",
                        "  because of IOException: No space left\n",
                        "the same command goes on from there")
                .doesNotContain("\tat ");
    }

    @Test
    void aFailureThatSaysItsCauseSaysItOnce() {
        run(new IllegalStateException("no room: No space left", new IOException("No space left")));
        assertThat(err.toString()).doesNotContain("because of");
    }

    @Test
    void aFullLocalDiskIsAFailureLikeOthers() {
        assertThat(run(FileFault.full())).isEqualTo(1);
        assertThat(err.toString())
                .contains("work failed: UncheckedIOException: No space left on device\n")
                .doesNotContain("\tat ");
    }

    @Test
    void aHeapThatIsTooSmallSaysWhatToGive() {
        assertThat(run(new OutOfMemoryError("Java heap space"))).isEqualTo(1);
        assertThat(err.toString())
                .contains(
                        "out of memory (Java heap space); give the driver more (spark.driver.memory; on one machine SMT_HEAP)")
                .doesNotContain("\tat ");
    }

    private int run(Throwable failure) {
        ErrorHandler handler = new ErrorHandler();
        return new CommandLine(new Work(failure))
                .setErr(new PrintWriter(err, true))
                .setExecutionStrategy(ErrorHandler::execute)
                .setExecutionExceptionHandler(handler)
                .execute();
    }
}
