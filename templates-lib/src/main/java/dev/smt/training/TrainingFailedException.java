package dev.smt.training;

/** A training that can't give a model: its data has one class only, or its loss became NaN, infinite or too large. */
public final class TrainingFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TrainingFailedException(String message) {
        super(message);
    }
}
