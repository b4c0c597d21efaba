package dev.smt.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@SuppressWarnings("try") // Shares are held, not used.
class HeapSharesTest {
    private static final long MEGABYTE = 1 << 20;
    private static final long HEAP = 1000 * MEGABYTE;
    private static final long FOR_TABLES = 600 * MEGABYTE;

    private final ExecutorService threads = Executors.newFixedThreadPool(8);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void trainingsThatFitTogetherRunTogetherAndTheNextWaitsForTheirEnd() throws Exception {
        HeapShares heap = new HeapShares(HEAP);
        HeapShares.Share first = heap.take(300 * MEGABYTE);
        HeapShares.Share second = heap.take(300 * MEGABYTE);
        CountDownLatch begun = new CountDownLatch(1);
        Future<?> third = threads.submit(() -> {
            try (HeapShares.Share own = heap.take(MEGABYTE)) {
                begun.countDown();
            }
            return null;
        });
        assertThat(begun.await(200, TimeUnit.MILLISECONDS)).isFalse();
        second.close();
        third.get();
        first.close();
        assertThat(begun.getCount()).isZero();
    }

    @Test
    void neverMoreThanTheShareForTablesButOneTrainingAlone() throws Exception {
        HeapShares heap = new HeapShares(HEAP);
        AtomicLong used = new AtomicLong();
        AtomicLong most = new AtomicLong();
        SplittableRandom random = new SplittableRandom(1);
        Future<?>[] trainings = new Future<?>[200];
        for (int i = 0; i < trainings.length; i++) {
            long bytes = random.nextLong(1, FOR_TABLES / 2);
            trainings[i] = threads.submit(() -> {
                try (HeapShares.Share own = heap.take(bytes)) {
                    most.accumulateAndGet(used.addAndGet(bytes), Math::max);
                    Thread.onSpinWait();
                    used.addAndGet(-bytes);
                }
                return null;
            });
        }
        for (Future<?> training : trainings) {
            training.get();
        }
        assertThat(most.get()).isBetween(1L, FOR_TABLES);
        try (HeapShares.Share alone = heap.take(800 * MEGABYTE)) {
            assertThat(threads.submit(() -> heap.take(1)).isDone()).isFalse();
        }
    }

    @Test
    void tablesThatLeaveNoRoomToTrainDoNotFit() {
        HeapShares heap = new HeapShares(HEAP);
        assertThat(heap.fits(900 * MEGABYTE)).isTrue();
        assertThat(heap.fits(900 * MEGABYTE + 1)).isFalse();
    }
}
