package dev.smt.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that do the parts of one training's steps together. The calling thread is worker 0, so a group of one has no
 * threads of its own. A part is tens of microseconds to milliseconds long: who waits for the others looks for a while
 * before it sleeps.
 */
final class WorkerGroup implements AutoCloseable {
    /** About 20 microseconds. */
    private static final int LOOKS_BEFORE_SLEEP = 1_000;

    /** What each worker does in a round. */
    interface Part {
        void run(int worker);
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private Part part = worker -> {};
    private Thread caller = Thread.currentThread();
    private volatile int round;
    private volatile boolean closed;

    /** A group of so many workers, 1 or more. */
    WorkerGroup(int size) {
        for (int worker = 1; worker < size; worker++) {
            int number = worker;
            Thread thread = new Thread(() -> work(number), "smt-trainer-" + number);
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    /** Number of workers, the caller among them. */
    int size() {
        return threads.size() + 1;
    }

    /**
     * Has every worker do its part, and returns when all are done; each sees what all did in earlier rounds.
     *
     * @throws RuntimeException what a part threw; the others' parts are done then, too
     */
    void run(Part roundPart) {
        part = roundPart;
        caller = Thread.currentThread();
        unfinished.set(threads.size());
        round++;
        threads.forEach(LockSupport::unpark);
        try {
            roundPart.run(0);
        } finally {
            for (int looks = 0; unfinished.get() > 0; looks++) {
                rest(looks);
            }
        }
        throwFailure();
    }

    private void throwFailure() {
        Throwable thrown = failure.getAndSet(null);
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        if (thrown instanceof Error error) {
            throw error;
        }
    }

    private void work(int worker) {
        int done = 0;
        for (int looks = 0; !closed; looks++) {
            if (round == done) {
                rest(looks);
                continue;
            }
            done = round;
            looks = 0;
            try {
                part.run(worker);
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
            Thread waiting = caller;
            if (unfinished.decrementAndGet() == 0) {
                LockSupport.unpark(waiting);
            }
        }
    }

    private static void rest(int looks) {
        if (looks < LOOKS_BEFORE_SLEEP) {
            Thread.onSpinWait();
        } else {
            LockSupport.park();
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.forEach(LockSupport::unpark);
    }
}
