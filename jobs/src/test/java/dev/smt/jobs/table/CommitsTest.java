package dev.smt.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.TestSpark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitsTest {
    @TempDir
    private Path folder;

    @Test
    void aCommitThatLosesAgainstAnotherIsRepeatedUntilItWins() throws IOException {
        for (Commits commits : List.of(local(), elsewhere())) {
            AtomicInteger attempts = new AtomicInteger();
            commits.run(() -> {
                if (attempts.incrementAndGet() < 4) {
                    throw new ConcurrentModificationException("lost");
                }
            });
            assertThat(attempts).hasValue(4);
        }
    }

    @Test
    void aCommitThatLosesForeverFails() throws IOException {
        AtomicInteger attempts = new AtomicInteger();
        Commits commits = elsewhere();
        assertThatThrownBy(() -> commits.run(() -> {
                    attempts.incrementAndGet();
                    throw new ConcurrentModificationException("lost");
                }))
                .isInstanceOf(ConcurrentModificationException.class)
                .hasMessage("lost");
        assertThat(attempts).hasValue(50);
    }

    @Test
    void onALocalFileSystemOneCommitIsDoneAtATime() throws Exception {
        List<Integer> inside = new ArrayList<>();
        together(8, i -> {
            // Not synchronized: two at once would lose an element.
            local().run(() -> {
                int before = inside.size();
                Thread.yield();
                inside.add(before);
            });
        });
        assertThat(inside).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void writersOfOneTableLoseNoRow() throws Exception {
        String location = folder.resolve("warehouse").toString();
        together(4, writer -> {
            Warehouse warehouse = Warehouse.open(TestSpark.session(), location);
            for (int i = 0; i < 3; i++) {
                warehouse.upsert(ClusterElbowRow.TABLE, List.of(row("shared", i), row("own-" + writer, i)));
                warehouse.append(ClusterElbowRow.TABLE, List.of(row("appended-" + writer, i)));
            }
        });
        List<ClusterElbowRow> rows =
                Warehouse.open(TestSpark.session(), location).rows(ClusterElbowRow.TABLE);
        List<ClusterElbowRow> all = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            all.add(row("shared", i));
            for (int writer = 0; writer < 4; writer++) {
                all.add(row("own-" + writer, i));
                all.add(row("appended-" + writer, i));
            }
        }
        assertThat(rows).containsExactlyInAnyOrderElementsOf(all);
    }

    /** Work that may fail. */
    private interface Work {
        void of(int number) throws IOException;
    }

    private static void together(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            IntStream.range(0, threads)
                    .forEach(i -> all.add(pool.submit(() -> {
                        work.of(i);
                        return null;
                    })));
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private Commits local() throws IOException {
        LocalFileSystem files = FileSystem.getLocal(new Configuration());
        return Commits.in(new org.apache.hadoop.fs.Path(folder.toString()), files);
    }

    private Commits elsewhere() throws IOException {
        FileSystem raw = FileSystem.getLocal(new Configuration()).getRaw();
        return Commits.in(new org.apache.hadoop.fs.Path(folder.toString()), raw);
    }

    private static ClusterElbowRow row(String runId, int k) {
        return new ClusterElbowRow(runId, k, 1, OptionalDouble.empty(), false);
    }
}
