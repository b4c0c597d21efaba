package dev.smt.model;

import java.io.IOException;

/** A file of a trained model that can't be read: not one, damaged, cut short, changed, or of a newer format. */
public final class ModelFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    public ModelFormatException(String message) {
        super(message);
    }

    public ModelFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
