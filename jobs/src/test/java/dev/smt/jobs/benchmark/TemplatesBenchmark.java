package dev.smt.jobs.benchmark;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.metric.Auc;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.serving.ServingCost;
import dev.smt.serving.ServingCosts;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.util.ArrayList;
import java.util.List;

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

    private final BenchmarkPipeline pipeline;
    private final String label;
    private final EncodedExamples train;
    private final EncodedExamples validation;
    private final EncodedExamples test;

    private TemplatesBenchmark(BenchmarkPipeline pipeline) {
        this.pipeline = pipeline;
        this.label = pipeline.label();
        this.train = pipeline.train();
        this.validation = pipeline.validation();
        this.test = pipeline.test();
    }

    /** Arguments: warehouse, pipeline, label. */
    public static void main(String[] arguments) {
        new TemplatesBenchmark(BenchmarkPipeline.of(arguments[0], arguments[1], arguments[2])).run();
    }

    private void run() {
        System.out.println(pipeline.rows());
        System.out.println();
        System.out.println("| model | test NE | test AUC | NE gain over LR, % | over FM, % | FLOPs | parameter bytes "
                + "| embedding bytes read | examples/s |");
        System.out.println("|---|---|---|---|---|---|---|---|---|");
        List<Feature> plain = pipeline.features().stream()
                .filter(feature -> feature.column() instanceof IdColumn || feature.column() instanceof NumericColumn)
                .toList();
        BucketedLoss regression = peer("logistic regression", plain, List.of(0));
        BucketedLoss machine = peer("factorization machine", plain, List.of(4, 8, 16));
        List<String> ranking = pipeline.ranking();
        for (Template template : TemplateCatalog.builtIn()) {
            template(template, ranking, regression, machine);
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

    /** One line: means over seeds; the gains' standard errors are of rows and seeds together. */
    private void template(Template template, List<String> ranking, BucketedLoss regression, BucketedLoss machine) {
        ModelSpecification specification = pipeline.specification(template, ranking);
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
                MeanGain.of(overRegression),
                MeanGain.of(overMachine),
                cost.flops(),
                cost.parameterBytes(),
                cost.embeddingBytesRead(),
                speed);
    }
}
