package dev.smt.jobs.executor;

import java.util.concurrent.Semaphore;

/**
 * The heap of a process, which the trainings that run in it share: one waits until the others leave enough for its tables.
 * Without it, whether a training ends or runs out of memory would depend on its neighbours. Safe for several threads.
 */
public final class HeapShares {
    /** The rest is for encoded examples, batches and Spark. */
    private static final double FOR_TABLES = 0.6;
    /** A model whose tables take more than this has no room to train, even alone. */
    private static final double MOST = 0.9;

    private static final long UNIT = 1 << 20;

    private final long heap;
    private final int units;
    private final Semaphore free;

    /** @param heap bytes */
    public HeapShares(long heap) {
        this.heap = heap;
        this.units = (int) Math.max(1, Math.min(Integer.MAX_VALUE, FOR_TABLES * heap / UNIT));
        this.free = new Semaphore(units, true);
    }

    /** What one training has, until it is closed. */
    @FunctionalInterface
    public interface Share extends AutoCloseable {
        @Override
        void close();
    }

    /** Bytes of the heap. */
    public long heap() {
        return heap;
    }

    /** Whether a training with so large tables can run at all. */
    public boolean fits(long bytes) {
        return bytes <= MOST * heap;
    }

    /**
     * Waits for a share; first come, first served. Tables that take more than all the shares are trained alone.
     *
     * @throws InterruptedException when it is interrupted as it waits
     */
    public Share take(long bytes) throws InterruptedException {
        int wanted = (int) Math.min(units, (bytes + UNIT - 1) / UNIT);
        free.acquire(wanted);
        return () -> free.release(wanted);
    }
}
