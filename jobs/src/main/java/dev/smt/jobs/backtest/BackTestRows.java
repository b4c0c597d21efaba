package dev.smt.jobs.backtest;

import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.metric.FleetObjective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** The rows of one template's back-test. */
final class BackTestRows {
    private final String runId;
    private final String studyId;
    private final TemplateVersionRow version;
    private final List<String> techniques;
    private final FleetObjective objective;
    private final List<BackTestRow> models = new ArrayList<>();
    private final Map<Set<String>, BackTestVerdict> verdicts = new LinkedHashMap<>();
    private Set<String> chosen = Set.of();

    BackTestRows(
            String runId,
            String studyId,
            TemplateVersionRow version,
            List<String> techniques,
            FleetObjective objective) {
        this.runId = runId;
        this.studyId = studyId;
        this.version = version;
        this.techniques = List.copyOf(techniques);
        this.objective = objective;
    }

    void add(Set<String> leftOut, List<PairedResult> results, BackTestVerdict verdict) {
        results.forEach(result -> models.add(new BackTestRow(
                runId,
                version.template(),
                version.version(),
                cell(leftOut),
                result.delta().modelId(),
                result.neDelta(),
                result.neDeltaSe(),
                result.flopsRatio(),
                !objective.regresses(result.delta()),
                result.reason(),
                OptionalDouble.of(result.bytesRatio()))));
        verdicts.put(leftOut, verdict);
    }

    /** Notes what was left out of the version that is rolled out. */
    void chose(Set<String> leftOut) {
        chosen = leftOut;
    }

    /** Rows per tested version and model. */
    List<BackTestRow> models() {
        return List.copyOf(models);
    }

    /** Rows per tested version. */
    List<BackTestVerdictRow> verdicts(OptionalInt shipped) {
        List<BackTestVerdictRow> rows = new ArrayList<>();
        verdicts.forEach((leftOut, verdict) ->
                rows.add(row(leftOut, verdict, leftOut.equals(chosen) ? shipped : OptionalInt.empty())));
        return rows;
    }

    private BackTestVerdictRow row(Set<String> leftOut, BackTestVerdict verdict, OptionalInt shipped) {
        return new BackTestVerdictRow(
                runId,
                studyId,
                version.template(),
                version.version(),
                cell(leftOut),
                String.join(
                        BackTestVerdictRow.SEPARATOR,
                        techniques.stream()
                                .filter(name -> !leftOut.contains(name))
                                .toList()),
                objective.models().size(),
                Cells.finite(verdict.outcome().mu()),
                Cells.finite(verdict.muStandardError()),
                verdict.singleGains(),
                verdict.neededMu(),
                verdict.outcome().regressionRate(),
                verdict.passed(),
                verdict.text(),
                shipped);
    }

    private static Optional<String> cell(Set<String> leftOut) {
        return leftOut.isEmpty() ? Optional.empty() : Optional.of(String.join(BackTestVerdictRow.SEPARATOR, leftOut));
    }
}
