package dev.smt.training;

/** Somebody interrupted the thread of a training, which ended between two steps. It says nothing about the model. */
public final class TrainingInterruptedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private TrainingInterruptedException(long step) {
        super("the training was interrupted after " + step + " steps");
    }

    /** Ends a training whose thread is interrupted; the thread stays so. */
    static void check(long step) {
        if (Thread.currentThread().isInterrupted()) {
            throw new TrainingInterruptedException(step);
        }
    }
}
