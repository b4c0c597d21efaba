package dev.smt.jobs.profile;

/** What a column is for. */
public enum Role {
    TIME("time"),
    LABEL("label"),
    OUTCOME("known after serving"),
    SPLIT("splits the fleet"),
    NUMERIC("numeric"),
    ID("id"),
    SEQUENCE("sequence"),
    VECTOR("vector"),
    LEFT_OUT("left out");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** The role in words. */
    public String label() {
        return label;
    }

    /** Whether the column becomes a feature. */
    public boolean isFeature() {
        return this == NUMERIC || this == ID || this == SEQUENCE || this == VECTOR;
    }
}
