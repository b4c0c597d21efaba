package dev.smt.jobs.ingest;

import java.util.Locale;

/** The three parts of a pipeline's rows, in the order of time. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST;

    /** The split's name in files, configurations and messages, such as {@code train}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String fileName() {
        return label() + ".smtx";
    }
}
