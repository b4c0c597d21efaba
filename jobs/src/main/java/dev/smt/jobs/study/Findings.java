package dev.smt.jobs.study;

import dev.smt.comparison.MeanGain;
import dev.smt.comparison.RateRatio;
import dev.smt.comparison.Share;
import dev.smt.experiment.Interval;
import dev.smt.jobs.table.StudyCycleRow;
import dev.smt.jobs.table.StudyFindingRow;
import dev.smt.jobs.table.StudyResultRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a study of cycles says, from its tables alone: gains, regressions, and both hypotheses (paper, section 4).
 *
 * @param alpha a larger loss than this is a regression, percent NE
 */
final class Findings {
    static final String TOTAL_GAIN = "total-gain";
    static final String GAIN_OF_CHANGED = "gain-of-changed";
    static final String CHANGED = "changed-share";
    static final String REGRESSED = "regressed-share";
    static final String REGRESSED_HOLDOUT = "regressed-share-holdout";
    static final String REGRESSED_SURELY = "surely-regressed-share";
    static final String PERFORMANCE = "H1-performance";
    static final String EFFICIENCY = "H2-efficiency";
    static final String PAIRS_PER_TRAINING = "pairs-per-training";

    /** A loss that is larger than alpha by so many standard errors is no noise. */
    private static final double SURE = 1.96;

    private static final int BOOTSTRAP_SEED = 11;

    private final String runId;
    private final String studyId;
    private final double alpha;
    private final List<StudyResultRow> results;
    private final List<StudyCycleRow> cycles;

    Findings(String runId, String studyId, double alpha, List<StudyResultRow> results, List<StudyCycleRow> cycles) {
        this.runId = runId;
        this.studyId = studyId;
        this.alpha = alpha;
        this.results = List.copyOf(results);
        this.cycles = List.copyOf(cycles);
    }

    /** @param pairs that each way shipped, by way and model */
    List<StudyFindingRow> all(Map<String, Map<String, Integer>> pairs) {
        List<StudyFindingRow> rows = new ArrayList<>();
        for (String way : List.of(StudyCycleRow.TEMPLATES, StudyCycleRow.FRAGMENTED)) {
            List<StudyResultRow> changed =
                    of(way).stream().filter(StudyResultRow::changed).toList();
            gain(TOTAL_GAIN, way, of(way)).ifPresent(rows::add);
            gain(GAIN_OF_CHANGED, way, changed).ifPresent(rows::add);
            share(CHANGED, way, of(way), StudyResultRow::changed).ifPresent(rows::add);
            share(REGRESSED, way, changed, this::regressed).ifPresent(rows::add);
            share(
                            REGRESSED_HOLDOUT,
                            way,
                            changed.stream()
                                    .filter(row -> row.role().equals(VerdictStep.HOLDOUT))
                                    .toList(),
                            this::regressed)
                    .ifPresent(rows::add);
            share(REGRESSED_SURELY, way, changed, this::surelyRegressed).ifPresent(rows::add);
        }
        performance().ifPresent(rows::add);
        rows.addAll(efficiency(pairs));
        return rows;
    }

    private List<StudyResultRow> of(String way) {
        return results.stream().filter(row -> row.way().equals(way)).toList();
    }

    private boolean regressed(StudyResultRow row) {
        return row.neDelta().isEmpty() || row.neDelta().getAsDouble() < -alpha;
    }

    private boolean surelyRegressed(StudyResultRow row) {
        return row.neDelta().isEmpty()
                || row.neDelta().getAsDouble() + SURE * row.neDeltaSe().orElse(0) < -alpha;
    }

    private Optional<StudyFindingRow> gain(String finding, String way, List<StudyResultRow> rows) {
        double[] gains =
                rows.stream().flatMapToDouble(row -> row.neDelta().stream()).toArray();
        return gains.length == 0
                ? Optional.empty()
                : Optional.of(row(finding, way, MeanGain.of(gains), Optional.empty()));
    }

    private Optional<StudyFindingRow> share(
            String finding, String way, List<StudyResultRow> rows, Predicate<StudyResultRow> which) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Share share = new Share((int) rows.stream().filter(which).count(), rows.size());
        OptionalDouble none = OptionalDouble.empty();
        return Optional.of(new StudyFindingRow(
                runId,
                studyId,
                finding,
                way,
                rows.size(),
                OptionalDouble.of(share.value()),
                OptionalDouble.of(share.interval().low()),
                OptionalDouble.of(share.interval().high()),
                none,
                none,
                Optional.empty()));
    }

    /** H1: what a model gains by templates, less what it gains alone. */
    private Optional<StudyFindingRow> performance() {
        Map<String, Double> alone = new LinkedHashMap<>();
        of(StudyCycleRow.FRAGMENTED).forEach(row -> row.neDelta().ifPresent(delta -> alone.put(row.modelId(), delta)));
        double[] differences = of(StudyCycleRow.TEMPLATES).stream()
                .filter(row -> row.neDelta().isPresent() && alone.containsKey(row.modelId()))
                .mapToDouble(row -> row.neDelta().getAsDouble() - alone.get(row.modelId()))
                .toArray();
        if (differences.length == 0) {
            return Optional.empty();
        }
        MeanGain mean = MeanGain.of(differences);
        return Optional.of(row(PERFORMANCE, StudyTables.BOTH, mean, Optional.of(verdict(mean.interval(), 0))));
    }

    /** H2: pairs that shipped per training, by templates over alone. */
    private List<StudyFindingRow> efficiency(Map<String, Map<String, Integer>> pairs) {
        List<String> models = of(StudyCycleRow.TEMPLATES).stream()
                .map(StudyResultRow::modelId)
                .toList();
        double byTemplates = sum(StudyCycleRow.TEMPLATES, StudyCycleRow::trainings);
        double alone = sum(StudyCycleRow.FRAGMENTED, StudyCycleRow::trainings);
        if (models.isEmpty() || byTemplates == 0 || alone == 0) {
            return List.of();
        }
        RateRatio ratio = RateRatio.of(
                counts(models, pairs.get(StudyCycleRow.TEMPLATES)),
                counts(models, pairs.get(StudyCycleRow.FRAGMENTED)),
                byTemplates,
                alone,
                BOOTSTRAP_SEED);
        return List.of(
                rate(StudyCycleRow.TEMPLATES, models.size(), ratio.rateA()),
                rate(StudyCycleRow.FRAGMENTED, models.size(), ratio.rateB()),
                new StudyFindingRow(
                        runId,
                        studyId,
                        EFFICIENCY,
                        StudyTables.BOTH,
                        models.size(),
                        ratio.ratio().stream().mapToDouble(Double::doubleValue).findFirst(),
                        end(ratio.interval(), Interval::low),
                        end(ratio.interval(), Interval::high),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        Optional.of(verdict(ratio.interval(), 1))));
    }

    private double sum(String way, ToDoubleFunction<StudyCycleRow> what) {
        return cycles.stream()
                .filter(row -> row.way().equals(way))
                .mapToDouble(what)
                .sum();
    }

    private static double[] counts(List<String> models, Map<String, Integer> pairs) {
        return models.stream()
                .mapToDouble(model -> pairs.getOrDefault(model, 0))
                .toArray();
    }

    private StudyFindingRow rate(String way, int models, double rate) {
        OptionalDouble none = OptionalDouble.empty();
        return new StudyFindingRow(
                runId,
                studyId,
                PAIRS_PER_TRAINING,
                way,
                models,
                OptionalDouble.of(rate),
                none,
                none,
                none,
                none,
                Optional.empty());
    }

    private StudyFindingRow row(String finding, String way, MeanGain mean, Optional<String> verdict) {
        return new StudyFindingRow(
                runId,
                studyId,
                finding,
                way,
                mean.models(),
                OptionalDouble.of(mean.mean()),
                end(mean.interval(), Interval::low),
                end(mean.interval(), Interval::high),
                mean.pValue().stream().mapToDouble(Double::doubleValue).findFirst(),
                mean.rankPValue().stream().mapToDouble(Double::doubleValue).findFirst(),
                verdict);
    }

    private static OptionalDouble end(Optional<Interval> interval, ToDoubleFunction<Interval> end) {
        return interval.stream().mapToDouble(end).filter(Double::isFinite).findFirst();
    }

    /** Whether an interval is above what it would be without a difference. */
    private static String verdict(Optional<Interval> interval, double same) {
        if (interval.isEmpty() || interval.get().contains(same)) {
            return "open";
        }
        return interval.get().low() > same ? "holds" : "does not hold";
    }
}
