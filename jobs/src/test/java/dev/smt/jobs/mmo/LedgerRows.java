package dev.smt.jobs.mmo;

import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TrialModelRow;
import dev.smt.jobs.table.TrialRow;
import dev.smt.jobs.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Rows of a study as it writes them, with the numbers that matter given. */
public final class LedgerRows {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    private LedgerRows() {}

    /** The theta of a trial. */
    public static String theta(int trial) {
        return "{\"t.a\":" + trial + ".0}";
    }

    /**
     * Writes a technique's trials and its decision.
     *
     * @param deltas by model, one per trial, percent NE; NaN where the model failed
     * @param error standard error of every delta
     * @param star number of the trial that is theta*
     */
    public static void write(
            Warehouse warehouse,
            String technique,
            Map<String, double[]> deltas,
            double error,
            int star,
            boolean accepted,
            String run) {
        int trials = deltas.values().iterator().next().length;
        List<TrialModelRow> models = new ArrayList<>();
        List<TrialRow> rows = new ArrayList<>();
        for (int trial = 0; trial < trials; trial++) {
            rows.add(trial(technique, trial));
            int number = trial;
            deltas.forEach((model, values) -> models.add(model(technique, number, model, values[number], error)));
        }
        commit(warehouse, "study", rows, models);
        warehouse.append(TechniqueDecisionRow.TABLE, List.of(decision(technique, star, accepted, run)));
    }

    /** Writes trials as a study does. */
    static void commit(Warehouse warehouse, String study, List<TrialRow> trials, List<TrialModelRow> models) {
        try (TrialCommits commits =
                TrialCommits.open(warehouse, study, () -> {}, trial -> {}, LedgerConfiguration.DEFAULT)) {
            commits.add(trials, models);
        }
    }

    static TrialRow trial(String technique, int trial) {
        return new TrialRow(
                "run",
                "study",
                technique,
                trial,
                theta(trial),
                1,
                NONE,
                0,
                NONE,
                true,
                1,
                0,
                0,
                "sobol",
                0,
                1,
                NONE,
                NONE,
                OptionalDouble.empty());
    }

    static TrialModelRow model(String technique, int trial, String model, double delta, double error) {
        boolean failed = Double.isNaN(delta);
        return new TrialModelRow(
                "run",
                "study",
                technique,
                trial,
                model,
                0,
                failed ? "FAILED" : "DONE",
                Optional.empty(),
                NONE,
                NONE,
                failed ? NONE : OptionalDouble.of(delta),
                failed ? NONE : OptionalDouble.of(error),
                NONE,
                NONE,
                1,
                1,
                1,
                1,
                "cpu",
                "host");
    }

    private static TechniqueDecisionRow decision(String technique, int star, boolean accepted, String run) {
        TechniqueDecisionRow none = TechniqueDecider.noFittingModel(run, "study", technique);
        return new TechniqueDecisionRow(
                run,
                "study",
                technique,
                accepted,
                accepted ? "ACCEPTED" : "NO_FEASIBLE_TRIAL",
                Optional.of(theta(star)),
                none.muStar(),
                none.regressionRate(),
                none.regressionRateLow(),
                none.regressionRateHigh(),
                none.holdoutMu(),
                none.holdoutRegressionRate(),
                none.holdoutVerdict(),
                none.flopsRatio(),
                1,
                none.thetaRule(),
                none.paperReason(),
                none.paperTheta(),
                none.posteriorReason(),
                none.posteriorTheta(),
                none.posteriorMu(),
                none.posteriorMuSd(),
                none.posteriorFeasibility());
    }
}
