package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.TestSpark;
import dev.smt.jobs.table.Warehouse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutorFanOutTest {
    private static final BlockingQueue<String> BEGUN = new LinkedBlockingQueue<>();
    private static final Semaphore MAY_END = new Semaphore(0);

    @TempDir
    Path folder;

    @Test
    void theNextFreeSlotIsForTheTablesAndNotForTrainingsThatWereSentBefore() throws InterruptedException {
        SparkSession session = TestSpark.session();
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
        List<Integer> pieces = IntStream.range(0, 6).boxed().toList();
        try (ExecutorFanOut executors = new ExecutorFanOut(Warehouse.open(session, folder.toString()))) {
            CompletableFuture<List<Integer>> trainings = CompletableFuture.supplyAsync(() -> executors.run(
                    pieces,
                    piece -> 1,
                    (cache, piece) -> {
                        BEGUN.add("training");
                        MAY_END.acquireUninterruptibly();
                        return piece;
                    },
                    piece -> {}));
            assertThat(List.of(BEGUN.take(), BEGUN.take())).containsExactly("training", "training");
            CompletableFuture<Void> table = CompletableFuture.runAsync(
                    () -> spark.parallelize(List.of(1), 1).foreach(row -> BEGUN.add("table")));
            while (spark.sc().getPoolForName("default").get().schedulableQueue().isEmpty()) {
                Thread.onSpinWait();
            }
            MAY_END.release();
            assertThat(BEGUN.take()).isEqualTo("table");
            MAY_END.release(pieces.size());
            table.join();
            assertThat(trainings.join()).isEqualTo(pieces);
        } finally {
            MAY_END.release(pieces.size());
        }
    }
}
