package dev.smt.jobs.ingest;

/**
 * A bad row.
 *
 * @param rules that it breaks, separated by commas
 * @param record its columns as JSON, cut where it is long
 */
public record QuarantinedRow(String rules, String record) {}
