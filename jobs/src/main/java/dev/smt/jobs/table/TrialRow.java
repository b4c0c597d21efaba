package dev.smt.jobs.table;

import java.util.OptionalDouble;

/** One theta of one technique on all representative models: table {@code trials}. */
public record TrialRow(
        @Column("the run that wrote the row") String runId,
        @Column("the study") String studyId,
        @Column("the technique") String technique,
        @Column("number of the trial, from 0") int trial,
        @Column("the hyperparameters, JSON") String theta,
        @Column("seed of the trial's trainings") long seed,
        @Column(
                        value = "weighted mean of the models' deltas (Eq. 3); empty when a model failed or was skipped",
                        unit = "percent NE")
                OptionalDouble mu,
        @Column(
                        value = "share of models that regress (Eq. 2); where models were skipped, a lower bound: the"
                                + " known regressions over all models",
                        unit = "ratio")
                double regressionRate,
        @Column(value = "aggregate delta (Eq. 4); empty where infeasible", unit = "percent NE")
                OptionalDouble aggregate,
        @Column("regression rate at most epsilon, and no model failed; false for a trial that was stopped")
                boolean feasible,
        @Column("models that trained") int modelsDone,
        @Column("models whose training failed") int modelsFailed,
        @Column("models that were not trained, since the trial was stopped (mmo.racing)") int modelsSkipped,
        @Column("default, sobol, acquisition or sobol-fallback") String suggestedBy,
        @Column(value = "time to suggest theta", unit = "seconds") double suggestSeconds,
        @Column(value = "weighted mean over models of inference FLOPs / the baseline's", unit = "ratio")
                double flopsRatio,
        @Column(
                        value =
                                "weighted mean over models of parameter bytes / the baseline's; empty in rows of earlier versions",
                        unit = "ratio")
                OptionalDouble bytesRatio,
        @Column(
                        value =
                                "largest flops_ratio that is capacity-neutral: 1 + the templates' serving.capacity-tolerance;"
                                        + " empty in rows of earlier versions",
                        unit = "ratio")
                OptionalDouble flopsLimit,
        @Column(
                        value =
                                "share of the training rows that the trial's models saw (mmo.rows-share); empty in rows of earlier"
                                        + " versions: all",
                        unit = "ratio")
                OptionalDouble rowsShare) {
    public static final Table<TrialRow> TABLE = Table.of("trials", TrialRow.class, "study_id", "technique", "trial");
}
