package dev.smt.bayes;

/** The surrogate can't be fitted to the told results; the message says why. */
public final class SurrogateException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SurrogateException(String message) {
        super(message);
    }
}
