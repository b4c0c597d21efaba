package dev.smt.jobs.experiment;

import dev.smt.experiment.SampleRatio;
import dev.smt.jobs.table.ExperimentRow;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Results in words. */
public final class ExperimentReport {
    private final List<ExperimentRow> rows;
    private final double level;

    /**
     * A report.
     *
     * @param rows of one run, as {@link ExperimentRows} orders them
     * @param level as it was asked for
     */
    public ExperimentReport(List<ExperimentRow> rows, double level) {
        this.rows = List.copyOf(rows);
        this.level = level;
    }

    /** The lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        ExperimentRow before = null;
        for (ExperimentRow row : rows) {
            if (before == null || !sameChange(before, row)) {
                lines.addAll(heading(row));
            }
            lines.addAll(estimate(row));
            // The row that decides is the last of its change.
            if (row.decides()) {
                lines.add("  " + row.verdict()
                        + row.reason().map(why -> ": " + why).orElse(""));
            }
            before = row;
        }
        List<String> tie =
                OnlineOffline.lines(rows.stream().filter(ExperimentRow::decides).toList(), level);
        if (!tie.isEmpty()) {
            lines.add("offline and online");
            lines.addAll(tie);
        }
        return lines;
    }

    private static boolean sameChange(ExperimentRow one, ExperimentRow other) {
        return one.experiment().equals(other.experiment()) && one.arm().equals(other.arm());
    }

    private static List<String> heading(ExperimentRow row) {
        String experiment = row.experiment().isEmpty() ? "" : row.experiment() + ": ";
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "%s%s against %s, %s; intervals of %s %%",
                experiment, row.arm(), row.control(), row.metric(), level(row.level())));
        row.sampleRatioP()
                .ifPresent(p -> lines.add(text(
                        "  units: %d against %d; sample ratio: p = %.3g%s",
                        row.units(),
                        row.controlUnits(),
                        p,
                        p < SampleRatio.THRESHOLD
                                ? ", a MISMATCH with the plan: don't trust the lifts"
                                : ", as planned")));
        row.effectiveSampleSize()
                .ifPresent(size -> lines.add(text(
                        "  %d units; effective sample size %.4g rows, effective rewards %.4g; weights: mean %.3g, largest"
                                + " %.4g",
                        row.units(),
                        size,
                        row.effectiveRewards().orElseThrow(),
                        row.meanWeight().orElseThrow(),
                        row.largestWeight().orElseThrow())));
        return lines;
    }

    private static List<String> estimate(ExperimentRow row) {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "  %-6s %.5g [%.5g, %.5g] against %.5g: %+.4g [%.4g, %.4g]%s, p = %.3g",
                row.estimator(),
                row.mean(),
                row.meanLow(),
                row.meanHigh(),
                row.controlMean(),
                row.lift(),
                row.liftLow(),
                row.liftHigh(),
                relative(row),
                row.pValue()));
        String smallest = text("         smallest detectable effect (power 80 %%): %.4g", row.smallestEffect());
        String reduction = row.varianceReduction().isPresent()
                ? text(
                        "; CUPED took out %.1f %% of the variance",
                        row.varianceReduction().orElseThrow())
                : "";
        String bias = row.clippingBias().orElse(0) == 0
                ? ""
                : text("; clipping adds about %.4g", row.clippingBias().orElseThrow());
        lines.add(smallest + reduction + bias);
        return lines;
    }

    private static String relative(ExperimentRow row) {
        return row.relativeLift().isEmpty()
                ? ", no relative lift (the control may be 0)"
                : text(
                        ", relative %+.3g %% [%.3g, %.3g]",
                        row.relativeLift().orElseThrow(),
                        row.relativeLow().orElseThrow(),
                        row.relativeHigh().orElseThrow());
    }

    /** A level in percent, such as 95 or 97.5. */
    private static String level(double level) {
        return BigDecimal.valueOf(100 * level)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
