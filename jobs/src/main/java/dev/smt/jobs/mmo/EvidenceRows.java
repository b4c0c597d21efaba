package dev.smt.jobs.mmo;

import dev.smt.decision.EffectEstimate;
import dev.smt.decision.Evidence;
import dev.smt.decision.Interval;
import dev.smt.jobs.table.Cells;
import dev.smt.jobs.table.ModelEffectRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueEvidenceRow;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Rows of the tables {@code technique_evidence} and {@code model_effects}. */
final class EvidenceRows {
    private EvidenceRows() {}

    /** @param decision of the same technique, with its theta* */
    static TechniqueEvidenceRow of(TechniqueDecisionRow decision, RegressionRule rule, TechniqueEvidence found) {
        Evidence evidence = found.evidence();
        return new TechniqueEvidenceRow(
                decision.runId(),
                decision.studyId(),
                decision.technique(),
                rule.name().toLowerCase(Locale.ROOT),
                decision.thetaStar().orElseThrow(),
                evidence.verdict().name(),
                Cells.finite(evidence.acceptance()),
                Cells.finite(evidence.feasibility()),
                evidence.replicates(),
                end(evidence.mu(), Interval::mean),
                end(evidence.mu(), Interval::low),
                end(evidence.mu(), Interval::high),
                end(evidence.regressionRate(), Interval::mean),
                end(evidence.regressionRate(), Interval::low),
                end(evidence.regressionRate(), Interval::high),
                end(evidence.nextRegression(), Interval::mean),
                end(evidence.nextRegression(), Interval::low),
                end(evidence.nextRegression(), Interval::high),
                found.toClose());
    }

    static List<ModelEffectRow> effects(TechniqueDecisionRow decision, Evidence evidence) {
        return evidence.estimates().stream()
                .map(estimate ->
                        effect(decision, estimate, evidence.regressions().get(estimate.modelId())))
                .toList();
    }

    private static ModelEffectRow effect(TechniqueDecisionRow decision, EffectEstimate estimate, double regression) {
        return new ModelEffectRow(
                decision.runId(),
                decision.studyId(),
                decision.technique(),
                estimate.modelId(),
                estimate.mean(),
                estimate.standardError(),
                estimate.rowError(),
                estimate.seedDeviation(),
                estimate.replicates(),
                regression);
    }

    private static OptionalDouble end(Optional<Interval> interval, ToDoubleFunction<Interval> end) {
        return interval.stream().mapToDouble(end).findFirst();
    }
}
