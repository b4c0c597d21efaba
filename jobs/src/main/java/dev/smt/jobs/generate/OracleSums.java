package dev.smt.jobs.generate;

import dev.smt.jobs.generate.WorldTruth.OracleCell;
import dev.smt.jobs.generate.WorldTruth.OracleDay;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Sums of the oracle's log loss by surface, country, day and label. The loss of a row is rounded to a millionth of a nat
 * and summed as a whole number, so that the sums are the same however the rows are partitioned.
 */
final class OracleSums implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double UNITS_PER_NAT = 1e6;

    private final int countries;
    private final int days;
    private final long startMillis;
    private final long[] rows;
    private final long[] positives;
    private final long[] losses;

    OracleSums(GenerateConfiguration configuration) {
        countries = configuration.countries().size();
        days = configuration.days();
        startMillis = AdWorld.startMillis(configuration);
        int cells = configuration.surfaces().size() * countries * days * PlantedLabel.COUNT;
        rows = new long[cells];
        positives = new long[cells];
        losses = new long[cells];
    }

    void add(Impression impression) {
        int day = (int) ((impression.timeMillis - startMillis) / AdWorld.MILLIS_PER_DAY);
        int cell = cell(impression.surface, impression.country, day);
        for (int label = 0; label < PlantedLabel.COUNT; label++) {
            double p = impression.probabilities[label];
            double loss = -(impression.labels[label] == 1 ? StrictMath.log(p) : StrictMath.log1p(-p));
            rows[cell + label]++;
            positives[cell + label] += impression.labels[label];
            losses[cell + label] += Math.round(loss * UNITS_PER_NAT);
        }
    }

    /** Adds the other sums to these. */
    OracleSums merge(OracleSums other) {
        for (int i = 0; i < rows.length; i++) {
            rows[i] += other.rows[i];
            positives[i] += other.positives[i];
            losses[i] += other.losses[i];
        }
        return this;
    }

    WorldTruth.Oracle oracle(GenerateConfiguration configuration) {
        List<OracleCell> cells = new ArrayList<>();
        for (int surface = 0; surface < configuration.surfaces().size(); surface++) {
            for (int country = 0; country < countries; country++) {
                for (PlantedLabel label : PlantedLabel.values()) {
                    String pipeline = PlantedFleet.pipeline(configuration, surface, country);
                    cells.add(new OracleCell(pipeline, label.column(), days(surface, country, label.ordinal())));
                }
            }
        }
        return new WorldTruth.Oracle(cells);
    }

    /** Days without rows are left out: they have no mean. */
    private List<OracleDay> days(int surface, int country, int label) {
        List<OracleDay> result = new ArrayList<>();
        for (int day = 0; day < days; day++) {
            int cell = cell(surface, country, day) + label;
            if (rows[cell] > 0) {
                result.add(new OracleDay(day, rows[cell], positives[cell], losses[cell] / UNITS_PER_NAT / rows[cell]));
            }
        }
        return result;
    }

    private int cell(int surface, int country, int day) {
        return ((surface * countries + country) * days + day) * PlantedLabel.COUNT;
    }
}
