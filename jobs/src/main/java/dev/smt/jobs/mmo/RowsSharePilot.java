package dev.smt.jobs.mmo;

import dev.smt.data.RowSample;
import dev.smt.decision.SampleSpread;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.table.RowsShareRow;
import dev.smt.jobs.trial.Baseline;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PairedTrial;
import dev.smt.jobs.trial.Seeds;
import dev.smt.metric.ModelDelta;
import dev.smt.technique.Technique;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.apache.spark.sql.functions;

/**
 * Chooses the smallest share of the training rows on which the models, not the rows, make most of the error of a technique's
 * mu. A few techniques at their default thetas are trained on two samples that share no row; a share that is too small is
 * doubled.
 */
public final class RowsSharePilot {
    /** The smallest share that it looks at. */
    public static final double LEAST = 1 / 16.0;
    /** The largest one below all rows: larger ones save too little to be worth a pilot. */
    public static final double MOST = 1 / 4.0;

    private static final List<Double> SHARES = List.of(LEAST, 1 / 8.0, MOST);

    private static final int SAMPLES = 2;
    private static final int MOST_TECHNIQUES = 3;
    /** Positives and negatives of each model in a sample: fewer say too little of it. */
    private static final long LEAST_OF_A_CLASS = 100;

    private final StudyInputs inputs;
    private final long seed;
    private final List<Technique> techniques;

    /** @param techniques of the study, 1 or more */
    RowsSharePilot(StudyInputs inputs, long seed, List<Technique> techniques) {
        this.inputs = inputs;
        this.seed = seed;
        this.techniques = spread(techniques);
    }

    /** Trainings that it does at most, on samples. */
    public static long mostTrainings(long models, long techniques) {
        return SHARES.size() * SAMPLES * models * (1 + Math.min(MOST_TECHNIQUES, techniques));
    }

    /**
     * The share; 1 where no smaller one is enough.
     *
     * @param key hash of what it depends on: a choice that is in the table already counts
     */
    double choose(String key) {
        List<RowsShareRow> known = inputs.context()
                .warehouse()
                .rows(RowsShareRow.TABLE, functions.col("inputs").equalTo(key));
        if (!known.isEmpty()) {
            return chosen(known);
        }
        List<RowsShareRow> tried =
                upToTheFirstEnough(share -> enoughOfEachClass(share) ? look(key, share) : Optional.empty());
        inputs.context().warehouse().upsert(RowsShareRow.TABLE, tried);
        return chosen(tried);
    }

    /** The shares from the smallest to the first that is chosen, without those that show nothing. */
    static List<RowsShareRow> upToTheFirstEnough(DoubleFunction<Optional<RowsShareRow>> look) {
        List<RowsShareRow> tried = new ArrayList<>();
        for (double share : SHARES) {
            look.apply(share).ifPresent(tried::add);
            if (chosen(tried) < 1) {
                break;
            }
        }
        return tried;
    }

    /** 1 where none is. */
    static double chosen(List<RowsShareRow> tried) {
        return tried.stream()
                .filter(RowsShareRow::chosen)
                .mapToDouble(RowsShareRow::share)
                .findFirst()
                .orElse(1);
    }

    private boolean enoughOfEachClass(double share) {
        return representatives().stream().allMatch(model -> {
            SplitSummary rows = inputs.fleet().manifest(model).split(Split.TRAIN);
            // An event that is no label has no classes.
            long positives = rows.positives().getOrDefault(model.label(), rows.rows() / 2);
            return share * Math.min(positives, rows.rows() - positives) >= LEAST_OF_A_CLASS;
        });
    }

    /** What the deltas on two samples say; empty where too few trainings succeeded. */
    private Optional<RowsShareRow> look(String key, double share) {
        List<Map<String, Map<String, Double>>> samples = new ArrayList<>();
        for (int part = 0; part < SAMPLES; part++) {
            samples.add(deltas(new RowSample(share, part), Seeds.of(seed, "pilot", Integer.toString(part))));
        }
        List<double[][]> pairs = techniques.stream()
                .map(technique -> pairs(samples, technique.name()))
                .toList();
        if (pairs.stream().noneMatch(models -> models.length >= 2)) {
            return Optional.empty();
        }
        SampleSpread spread = SampleSpread.of(pairs);
        RowsShareRow row = new RowsShareRow(
                inputs.runId(),
                key,
                share,
                representatives().stream()
                        .mapToLong(model -> Math.round(share
                                * inputs.fleet()
                                        .manifest(model)
                                        .split(Split.TRAIN)
                                        .rows()))
                        .min()
                        .orElseThrow(),
                representatives().size(),
                techniques.size(),
                (long) SAMPLES * representatives().size() * (1 + techniques.size()),
                Math.sqrt(spread.sample()),
                Math.sqrt(spread.models()),
                spread.modelsDominate());
        inputs.context().progress().say("  " + text(row));
        return Optional.of(row);
    }

    private static String text(RowsShareRow row) {
        return String.format(
                Locale.ROOT,
                "on %.4g %% of the rows a delta varies by %.3f %% between samples, by %.3f %% between models: %s",
                100 * row.share(),
                row.sampleSd(),
                row.modelSd(),
                row.chosen() ? "enough rows" : "too few rows");
    }

    private static double[][] pairs(List<Map<String, Map<String, Double>>> samples, String technique) {
        Map<String, Double> first = samples.get(0).get(technique);
        Map<String, Double> second = samples.get(1).get(technique);
        return first.keySet().stream()
                .filter(second::containsKey)
                .sorted()
                .map(model -> new double[] {first.get(model), second.get(model)})
                .toArray(double[][]::new);
    }

    /** By technique and model; without those whose trainings failed. */
    private Map<String, Map<String, Double>> deltas(RowSample sample, long sampleSeed) {
        Map<String, Baseline> baselines = inputs.baselines(sample, sampleSeed);
        Map<String, Map<String, Double>> deltas = new HashMap<>();
        List<PairedTrial> pairs = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        for (Technique technique : techniques) {
            deltas.put(technique.name(), new HashMap<>());
            for (FleetModel model : representatives()) {
                Template base = inputs.templates().template(inputs.models().base(model));
                Baseline baseline = baselines.get(model.id());
                if (!baseline.failed() && technique.fits(base)) {
                    Template changed = technique.apply(base, technique.defaults());
                    pairs.add(new PairedTrial(model, changed, baseline, Seeds.training(sampleSeed, model.id(), 0)));
                    owners.add(technique.name());
                }
            }
        }
        List<PairedResult> results;
        try (Progress.Counter counter = inputs.context().progress().count("trainings of the pilot", pairs.size())) {
            results = inputs.trials(sample).evaluate(pairs, Split.VALIDATION, () -> counter.add(1));
        }
        for (int i = 0; i < results.size(); i++) {
            ModelDelta delta = results.get(i).delta();
            if (!delta.failed()) {
                deltas.get(owners.get(i)).put(delta.modelId(), delta.delta());
            }
        }
        return deltas;
    }

    private List<FleetModel> representatives() {
        return inputs.models().representatives();
    }

    /** A few, from the first to the last. */
    private static List<Technique> spread(List<Technique> all) {
        int count = Math.min(MOST_TECHNIQUES, all.size());
        List<Technique> some = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            some.add(all.get(count == 1 ? 0 : i * (all.size() - 1) / (count - 1)));
        }
        return some;
    }
}
