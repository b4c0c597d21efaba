package dev.smt.jobs.benchmark;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.ingest.Split;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.serving.ServingCost;
import dev.smt.serving.ServingCosts;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.PermutationImportance;
import dev.smt.training.TrainedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * The built-in templates beside a logistic regression and a factorization machine; a program, not a test. The command and
 * its tables are in {@code docs/templates.md}.
 *
 * <p>All train on the training rows; the peers' learning rate, width and epochs are the best on the validation rows;
 * everything is evaluated on the test rows. Features are ranked by permutation importance in the medium template on the
 * validation rows.
 */
public final class TemplatesBenchmark {
    private static final int SEEDS = 3;

    private final String label;
    private final EncodedExamples train;
    private final EncodedExamples validation;
    private final EncodedExamples test;

    private TemplatesBenchmark(EncodedStore store, PipelineManifest manifest, String label) {
        this.label = label;
        this.train = store.read(manifest, Split.TRAIN);
        this.validation = store.read(manifest, Split.VALIDATION);
        this.test = store.read(manifest, Split.TEST);
    }

    /** Arguments: warehouse, pipeline, label. */
    public static void main(String[] arguments) {
        EncodedStore store = new EncodedStore(arguments[0], new Configuration());
        PipelineManifest manifest = store.manifest(arguments[1]);
        new TemplatesBenchmark(store, manifest, arguments[2]).run(manifest.features());
    }

    private void run(List<Feature> features) {
        System.out.printf(
                "%s: %,d training, %,d validation, %,d test rows%n%n",
                label, train.rows(), validation.rows(), test.rows());
        System.out.println("| model | test NE | test AUC | NE gain over LR, % | over FM, % | FLOPs | parameter bytes "
                + "| embedding bytes read | examples/s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        List<Feature> plain = features.stream()
                .filter(feature -> feature.column() instanceof IdColumn || feature.column() instanceof NumericColumn)
                .toList();
        BucketedLoss regression = peer("logistic regression", plain, List.of(0));
        BucketedLoss machine = peer("factorization machine", plain, List.of(4, 8, 16));
        List<String> ranking = ranking(features);
        for (Template template : TemplateCatalog.builtIn()) {
            template(template, features, ranking, regression, machine);
        }
    }

    private BucketedLoss peer(String name, List<Feature> features, List<Integer> widths) {
        double best = Double.POSITIVE_INFINITY;
        String chosen = "";
        BucketedLoss losses = new BucketedLoss();
        double auc = 0;
        for (int width : widths) {
            for (double rate : new double[] {0.01, 0.02, 0.05, 0.1, 0.2}) {
                FactorizationMachinePeer peer = new FactorizationMachinePeer(features, width, rate);
                for (int epoch = 1; epoch <= 5; epoch++) {
                    peer.epoch(train, label, epoch);
                    double loss = peer.losses(validation, label).totalLoss();
                    if (loss < best) {
                        best = loss;
                        chosen = name + " (" + (width > 0 ? "d = " + width + ", " : "") + "rate " + rate + ", epochs "
                                + epoch + ")";
                        losses = peer.losses(test, label);
                        auc = Auc.of(peer.logits(test), test.label(label));
                    }
                }
            }
        }
        System.out.printf(
                "| %s | %.4f | %.4f | | | | | | |%n", chosen, losses.totalLoss() / test.rows() / baseEntropy(), auc);
        return losses;
    }

    private double baseEntropy() {
        double positives = 0;
        for (float value : train.label(label)) {
            positives += value;
        }
        double rate = positives / train.rows();
        return -rate * Math.log(rate) - (1 - rate) * Math.log(1 - rate);
    }

    private List<String> ranking(List<Feature> features) {
        ModelSpecification medium = instantiate(TemplateCatalog.named("sparse-nn-medium"), features, List.of());
        try (TrainedModel model = new ModelTrainer().train(medium, train, 1)) {
            return FeatureRanking.of(new PermutationImportance(1, 1).of(model, validation)).stream()
                    .map(FeatureImportance::feature)
                    .toList();
        }
    }

    private ModelSpecification instantiate(Template template, List<Feature> features, List<String> ranking) {
        FleetModel model = new FleetModel(
                label,
                RankingStage.RANKING,
                1e6,
                "cpu",
                label,
                "all",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary(label)),
                Set.of(),
                template.name(),
                template.name() + "@1",
                Double.POSITIVE_INFINITY);
        return Instantiation.of(template, new TemplateInputs(model, features, ranking));
    }

    /** One line: means over seeds; the gains' standard errors are of rows and seeds together. */
    private void template(
            Template template,
            List<Feature> features,
            List<String> ranking,
            BucketedLoss regression,
            BucketedLoss machine) {
        ModelSpecification specification = instantiate(template, features, ranking);
        double ne = 0;
        double auc = 0;
        double speed = 0;
        List<PairedDelta> overRegression = new ArrayList<>();
        List<PairedDelta> overMachine = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            try (TrainedModel model = new ModelTrainer().train(specification, train, seed)) {
                Evaluation evaluation = model.evaluate(test);
                ne += evaluation.normalizedEntropy() / SEEDS;
                auc += evaluation.auc() / SEEDS;
                speed = Math.max(speed, model.examples() / model.trainSeconds());
                overRegression.add(PairedDelta.between(regression, evaluation.losses()));
                overMachine.add(PairedDelta.between(machine, evaluation.losses()));
            }
        }
        ServingCost cost = ServingCosts.of(specification.network());
        System.out.printf(
                "| %s | %.4f | %.4f | %s | %s | %,.0f | %,.0f | %,.0f | %,.0f |%n",
                template.name(),
                ne,
                auc,
                gain(overRegression),
                gain(overMachine),
                cost.flops(),
                cost.parameterBytes(),
                cost.embeddingBytesRead(),
                speed);
    }

    private static String gain(List<PairedDelta> deltas) {
        double mean = deltas.stream().mapToDouble(PairedDelta::delta).average().orElseThrow();
        double seeds = deltas.stream()
                        .mapToDouble(delta -> (delta.delta() - mean) * (delta.delta() - mean))
                        .sum()
                / (deltas.size() - 1);
        double rows = deltas.stream()
                .mapToDouble(delta -> delta.standardError() * delta.standardError())
                .average()
                .orElseThrow();
        return "%.2f ± %.2f".formatted(mean, Math.sqrt(rows + seeds / deltas.size()));
    }
}
