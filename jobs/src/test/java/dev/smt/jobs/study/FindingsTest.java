package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.StudyFindingRow;
import dev.smt.jobs.table.StudyResultRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What a study says, from planted results. */
class FindingsTest {
    private static final OptionalDouble NONE = OptionalDouble.empty();

    @Test
    void bothHypothesesHoldWhereTemplatesGainMoreAndShipMore() {
        List<StudyFindingRow> findings = findings(1.0, 0.2, 3, 1);
        StudyFindingRow performance = of(findings, Findings.PERFORMANCE, StudyTables.BOTH);
        assertThat(performance.value().orElseThrow()).isCloseTo(0.8, within(1e-9));
        assertThat(performance.verdict()).contains("holds");
        assertThat(performance.pValue().orElseThrow()).isLessThan(0.001);
        StudyFindingRow efficiency = of(findings, Findings.EFFICIENCY, StudyTables.BOTH);
        assertThat(efficiency.value().orElseThrow()).isCloseTo(3, within(1e-9));
        assertThat(efficiency.low().orElseThrow()).isCloseTo(3, within(1e-9));
        assertThat(efficiency.verdict()).contains("holds");
        assertThat(of(findings, Findings.PAIRS_PER_TRAINING, StudyCycleRow.TEMPLATES)
                        .value())
                .hasValue(0.6);
    }

    @Test
    void theyDoNotWhereItIsTheOtherWayRound() {
        List<StudyFindingRow> findings = findings(0.2, 1.0, 1, 3);
        assertThat(of(findings, Findings.PERFORMANCE, StudyTables.BOTH).verdict())
                .contains("does not hold");
        assertThat(of(findings, Findings.EFFICIENCY, StudyTables.BOTH).verdict())
                .contains("does not hold");
    }

    @Test
    void equalWaysLeaveThemOpen() {
        List<StudyFindingRow> findings = findings(0.5, 0.5, 1, 1);
        assertThat(of(findings, Findings.PERFORMANCE, StudyTables.BOTH).verdict())
                .contains("open");
        assertThat(of(findings, Findings.EFFICIENCY, StudyTables.BOTH).verdict())
                .contains("open");
    }

    @Test
    void aLossAboveAlphaIsARegressionAndAFailureIsOneToo() {
        List<StudyResultRow> results = new ArrayList<>();
        results.add(result(StudyCycleRow.TEMPLATES, "a", VerdictStep.HOLDOUT, OptionalDouble.of(-0.2), 0.5));
        results.add(result(StudyCycleRow.TEMPLATES, "b", "other", OptionalDouble.of(-3), 0.5));
        results.add(result(StudyCycleRow.TEMPLATES, "c", "other", NONE, 0));
        results.add(result(StudyCycleRow.TEMPLATES, "d", VerdictStep.HOLDOUT, OptionalDouble.of(1), 0.5));
        List<StudyFindingRow> findings = new Findings("run", "study", 0.05, results, List.of()).all(Map.of());
        assertThat(of(findings, Findings.REGRESSED, StudyCycleRow.TEMPLATES).value())
                .hasValue(0.75);
        assertThat(of(findings, Findings.REGRESSED_HOLDOUT, StudyCycleRow.TEMPLATES)
                        .value())
                .hasValue(0.5);
        // The loss of a is within its noise; that of b is not.
        assertThat(of(findings, Findings.REGRESSED_SURELY, StudyCycleRow.TEMPLATES)
                        .value())
                .hasValue(0.5);
        assertThat(of(findings, Findings.GAIN_OF_CHANGED, StudyCycleRow.TEMPLATES)
                        .models())
                .isEqualTo(3);
    }

    /** Twenty models; gains spread a little around the means, pairs are the same for all. */
    private static List<StudyFindingRow> findings(double byTemplates, double alone, int pairs, int pairsAlone) {
        List<StudyResultRow> results = new ArrayList<>();
        Map<String, Integer> counts = new HashMap<>();
        Map<String, Integer> countsAlone = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            String model = "m" + i;
            double step = 0.05 * (i - 9.5);
            results.add(result(StudyCycleRow.TEMPLATES, model, "other", OptionalDouble.of(byTemplates + step), 0.1));
            results.add(result(StudyCycleRow.FRAGMENTED, model, "other", OptionalDouble.of(alone - step), 0.1));
            counts.put(model, pairs);
            countsAlone.put(model, pairsAlone);
        }
        List<StudyCycleRow> cycles = List.of(cycle(StudyCycleRow.TEMPLATES), cycle(StudyCycleRow.FRAGMENTED));
        return new Findings("run", "study", 0.05, results, cycles)
                .all(Map.of(StudyCycleRow.TEMPLATES, counts, StudyCycleRow.FRAGMENTED, countsAlone));
    }

    private static StudyFindingRow of(List<StudyFindingRow> findings, String finding, String way) {
        return findings.stream()
                .filter(row -> row.finding().equals(finding) && row.way().equals(way))
                .findFirst()
                .orElseThrow();
    }

    private static StudyResultRow result(String way, String model, String role, OptionalDouble delta, double error) {
        return new StudyResultRow(
                "run",
                "study",
                way,
                model,
                role,
                true,
                2,
                delta,
                delta.isEmpty() ? NONE : OptionalDouble.of(error),
                OptionalDouble.of(1),
                OptionalDouble.of(1),
                Optional.empty());
    }

    private static StudyCycleRow cycle(String way) {
        return new StudyCycleRow("run", "study", way, 1, 20, 20, 100, 20, 1, NONE, NONE, NONE, NONE, NONE, 0);
    }
}
