package dev.smt.jobs.ingest;

/**
 * What one rule of the data contract found.
 *
 * @param kind ROW, TABLE or DRIFT
 * @param name of the rule
 * @param pipeline that it is about; * for all rows
 * @param value what was found: bad rows, the aggregate, or the index
 * @param allowed in words
 * @param held whether the rule held
 */
public record DataCheck(String kind, String name, String pipeline, double value, String allowed, boolean held) {
    static final String ROW = "ROW";
    static final String TABLE = "TABLE";
    static final String DRIFT = "DRIFT";
    static final String ALL = "*";
}
