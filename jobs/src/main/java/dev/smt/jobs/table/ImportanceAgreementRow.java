package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** How far two rankings of features agree: table {@code importance_agreement}. */
public record ImportanceAgreementRow(
        @Column("the run that wrote the row") String runId,
        @Column("what is compared: models, or methods over the fleet") String compared,
        @Column("one model or method") String one,
        @Column("the other") String other,
        @Column("features that both rank") int features,
        @Column("Kendall's tau-b, from -1 to 1; empty below two features, or where one ranks all of them alike")
                OptionalDouble tau) {
    public static final Table<ImportanceAgreementRow> TABLE =
            Table.of("importance_agreement", ImportanceAgreementRow.class, "run_id", "compared", "one", "other");
    public static final String MODELS = "models";
    public static final String METHODS = "methods";
}
