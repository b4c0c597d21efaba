package dev.smt.data;

import java.io.IOException;

/** A file of encoded examples that can't be read: not one, damaged, cut short, or of a newer format. */
public final class ExamplesFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ExamplesFormatException(String message) {
        super(message);
    }

    public ExamplesFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
