package dev.smt.jobs.mmo;

import dev.smt.decision.Evidence;
import dev.smt.decision.Verdict;
import dev.smt.jobs.table.ModelEffectRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TechniqueEvidenceRow;
import dev.smt.jobs.table.Warehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a study decides on one technique.
 *
 * @param row the decision
 * @param rule what decided
 * @param evidence what the replicates say; none where there was nothing to replicate
 * @param rows which rows the search saw, in words, where it did not see all
 */
record StudyDecision(
        TechniqueDecisionRow row, RegressionRule rule, Optional<TechniqueEvidence> evidence, Optional<String> rows) {
    static StudyDecision without(TechniqueDecisionRow row) {
        return new StudyDecision(row, RegressionRule.PAPER, Optional.empty(), Optional.empty());
    }

    /** Keeps the decisions of a study, each table at once; the decisions last, since they say that the study is done. */
    static void write(Warehouse warehouse, List<StudyDecision> decisions) {
        List<ModelEffectRow> effects = new ArrayList<>();
        List<TechniqueEvidenceRow> evidence = new ArrayList<>();
        for (StudyDecision decision : decisions) {
            decision.evidence().ifPresent(found -> {
                effects.addAll(EvidenceRows.effects(decision.row(), found.evidence()));
                evidence.add(EvidenceRows.of(decision.row(), decision.rule(), found));
            });
        }
        warehouse.upsert(ModelEffectRow.TABLE, effects);
        warehouse.upsert(TechniqueEvidenceRow.TABLE, evidence);
        warehouse.upsert(
                TechniqueDecisionRow.TABLE,
                decisions.stream().map(StudyDecision::row).toList());
    }

    /** The decision and what the evidence says, in words. */
    List<String> text() {
        List<String> lines = new ArrayList<>(List.of(DecisionText.of(row)));
        rows.ifPresent(lines::add);
        evidence.ifPresent(found -> lines.add("  evidence: " + text(found.evidence())));
        evidence.flatMap(TechniqueEvidence::toClose).ifPresent(what -> lines.add("  " + what));
        return lines;
    }

    /** What it takes to close the decision, where it is open. */
    Optional<String> open() {
        return evidence.filter(found ->
                        rule == RegressionRule.PROBABILITY && found.evidence().verdict() == Verdict.OPEN)
                .flatMap(TechniqueEvidence::toClose)
                .map(what -> row.technique() + " is open: " + what);
    }

    private static String text(Evidence evidence) {
        String replicates = evidence.replicates() == 0
                ? "no fresh replicate, so the numbers flatter"
                : evidence.replicates() + " fresh replicate" + (evidence.replicates() == 1 ? "" : "s");
        String verdict = evidence.verdict().name().toLowerCase(Locale.ROOT);
        if (evidence.mu().isEmpty()) {
            return verdict + " (" + replicates + ")";
        }
        return String.format(
                Locale.ROOT,
                "%s with probability %.3f (mu %+.3f %%, 95 %%: %+.3f to %+.3f; R %.2f, 95 %%: %.2f to %.2f; %s)",
                verdict.equals("accepted") ? verdict : verdict + ", good enough",
                evidence.acceptance(),
                evidence.mu().get().mean(),
                evidence.mu().get().low(),
                evidence.mu().get().high(),
                evidence.regressionRate().orElseThrow().mean(),
                evidence.regressionRate().orElseThrow().low(),
                evidence.regressionRate().orElseThrow().high(),
                replicates);
    }
}
