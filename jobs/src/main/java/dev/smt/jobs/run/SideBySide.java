package dev.smt.jobs.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Work of the driver of which several pieces run at once: while one thinks, the executors work for another. Threads begin
 * with the Spark properties of the one that opened this.
 */
public final class SideBySide implements AutoCloseable {
    private final ExecutorService threads;
    private final Runnable cancel;

    /** @param cancel ends what the executors do for this work, when a piece has failed */
    public SideBySide(int threads, Runnable cancel) {
        this.threads = Executors.newFixedThreadPool(threads);
        this.cancel = cancel;
    }

    /** The results in the order of the work, which is begun in this order. When a piece fails, the others are stopped. */
    public <T> List<T> all(List<Callable<T>> work) {
        CompletionService<T> ended = new ExecutorCompletionService<>(threads);
        List<Future<T>> futures = new ArrayList<>();
        work.forEach(piece -> futures.add(ended.submit(piece)));
        List<T> results = new ArrayList<>(Collections.nCopies(work.size(), null));
        try {
            for (int i = 0; i < work.size(); i++) {
                Future<T> one = ended.take();
                results.set(futures.indexOf(one), one.get());
            }
            return results;
        } catch (ExecutionException failed) {
            threads.shutdownNow();
            cancel.run();
            throw unchecked(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped", stopped);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }
}
