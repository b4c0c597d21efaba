package dev.smt.jobs.ingest;

import dev.smt.jobs.config.ConfigSection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the data must hold: section {@code input.contract}.
 *
 * @param rows name to SQL condition that each row must satisfy
 * @param mostBad share of the rows that may be bad; they are left out and kept aside
 * @param table what all rows together must satisfy
 * @param drift how far the data may have moved since the version before
 */
public record ContractConfiguration(Map<String, String> rows, double mostBad, List<TableRule> table, Drift drift) {
    /** No rules but the drift's, which warns. */
    static final ContractConfiguration NONE =
            new ContractConfiguration(Map.of(), 0, List.of(), new Drift(Drift.SHIFT, Drift.SHIFT, Breach.WARN));

    public ContractConfiguration {
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
        table = List.copyOf(table);
    }

    /** What a broken rule does. */
    public enum Breach {
        /** The step goes on and says so. */
        WARN,
        /** The step ends as with other wrong input. */
        STOP;

        private static Breach read(ConfigSection section, Breach fallback) {
            return section.choice("breach", List.of("warn", "stop"), fallback == WARN ? "warn" : "stop")
                            .equals("warn")
                    ? WARN
                    : STOP;
        }
    }

    /**
     * A number that all rows together give.
     *
     * @param sql an aggregate, such as {@code avg(price)}
     * @param min least value; minus infinity: none
     * @param max largest value; infinity: none
     */
    public record TableRule(String name, String sql, double min, double max, Breach breach) {}

    /**
     * Population stability indices between the training rows of the version before and of this one.
     *
     * @param baseRate most index of a label's base rate
     * @param missing most index of a feature's share of missing values
     */
    public record Drift(double baseRate, double missing, Breach breach) {
        /** From here on a population counts as another one, by the rule of thumb of credit scoring (Siddiqi 2006). */
        static final double SHIFT = 0.25;
    }

    static ContractConfiguration read(ConfigSection section) {
        List<TableRule> table = new ArrayList<>();
        section.namedSections("table").forEach((name, rule) -> {
            double min = rule.real("min", Double.NEGATIVE_INFINITY, value -> true, "a number");
            double max = rule.real("max", Double.POSITIVE_INFINITY, value -> true, "a number");
            if (min > max || Double.isInfinite(min) && Double.isInfinite(max)) {
                section.problems()
                        .add(section.fullKey("table." + name) + " has min " + min + " and max " + max
                                + "; allowed: at least one of them, min at most max");
            }
            table.add(new TableRule(name, rule.string("sql"), min, max, Breach.read(rule, Breach.STOP)));
        });
        ConfigSection drift = section.section("drift");
        return new ContractConfiguration(
                Keys.expressions(section, "rows"),
                section.real("max-bad-share", 0, value -> value >= 0 && value < 1, "0 to below 1"),
                table,
                new Drift(index(drift, "base-rate"), index(drift, "missing-share"), Breach.read(drift, Breach.WARN)));
    }

    private static double index(ConfigSection drift, String key) {
        return drift.real(key, Drift.SHIFT, value -> value > 0, "above 0 (a population stability index)");
    }

    /** Whether bad rows are left out instead of ending the step. */
    boolean keepsBadRowsAside() {
        return mostBad > 0;
    }
}
