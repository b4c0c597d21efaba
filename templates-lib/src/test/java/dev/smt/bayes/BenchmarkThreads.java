package dev.smt.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs independent pieces of a benchmark on a few threads; the results come in the pieces' order. */
public final class BenchmarkThreads {
    private BenchmarkThreads() {}

    public static <T> List<T> run(int threads, List<Callable<T>> pieces) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(pieces)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("a piece of the benchmark failed", e);
        } finally {
            executor.shutdownNow();
        }
    }
}
