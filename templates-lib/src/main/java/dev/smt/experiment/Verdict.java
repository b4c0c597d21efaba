package dev.smt.experiment;

/** What the data say about a difference. */
public enum Verdict {
    HIGHER("higher"),
    LOWER("lower"),
    CANNOT_TELL("the data can't tell");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** In words. */
    public String label() {
        return label;
    }
}
