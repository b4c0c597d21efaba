package dev.smt.jobs.study;

import dev.smt.comparison.Share;
import dev.smt.decision.FleetNoise;
import dev.smt.decision.StudyDesign;
import dev.smt.experiment.Interval;
import dev.smt.jobs.table.DecisionPowerRow;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;

/** What an A/A study found, in words. */
final class AaText {
    /** The power that is usually wanted. */
    static final double WANTED = 0.8;

    private AaText() {}

    static List<String> noise(FleetNoise noise, int seeds) {
        DoubleSummaryStatistics errors =
                noise.rowErrors().stream().mapToDouble(Double::doubleValue).summaryStatistics();
        return List.of(String.format(
                Locale.ROOT,
                "noise of one model's delta, from %d seeds of %d models: rows %.3f %% (%.3f to %.3f), seeds %.2f times that",
                seeds,
                errors.getCount(),
                errors.getAverage(),
                errors.getMin(),
                errors.getMax(),
                noise.seedRatio()));
    }

    static List<String> table(List<DecisionPowerRow> rows) {
        List<String> lines = new ArrayList<>();
        for (DecisionPowerRow row : rows) {
            Interval accepted = new Share(row.acceptedByProbability(), row.decisions()).interval();
            lines.add(String.format(
                    Locale.ROOT,
                    "true effect %+.2f %%, %s: of %d decisions the paper's rule accepts %d, at the posterior's theta* %d;"
                            + " the probability rule %d (95 %%: %.1f to %.1f %%), rejects %d, leaves %d open, after"
                            + " %.1f replicates",
                    row.effect(),
                    row.noise(),
                    row.decisions(),
                    row.acceptedByPaper(),
                    row.acceptedByPosterior(),
                    row.acceptedByProbability(),
                    100 * accepted.low(),
                    100 * accepted.high(),
                    row.rejectedByProbability(),
                    row.open(),
                    row.replicates()));
        }
        return lines;
    }

    static List<String> detectable(double effect, StudyDesign design) {
        String fleet = design.objective().models().size() + " models and up to " + design.replicates() + " replicates";
        return List.of(
                Double.isInfinite(effect)
                        ? "with " + fleet
                                + " no effect is found surely: the noise is too large; more rows, or a larger epsilon"
                        : String.format(
                                Locale.ROOT,
                                "with %s the probability rule finds an effect of %.2f %% on every model with a probability"
                                        + " of %.0f %%",
                                fleet,
                                effect,
                                100 * WANTED));
    }
}
