package dev.smt.model;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.metric.BucketedLoss;
import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.serving.ServingTemplate;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelState;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/**
 * What serving forms cost: trains a built-in template on encoded examples, serves the same trained model in every form, and
 * compares the normalized entropies on the same test rows. Arguments: folder of {@code train.smtx} and {@code test.smtx},
 * label, template, number of seeds.
 */
final class ServingFormsStudy {
    private static final List<ServingTemplate> FORMS = List.of(
            ServingTemplate.DEFAULT,
            ServingTemplate.DEFAULT.withRows(EmbeddingFormat.FP16, 0),
            ServingTemplate.DEFAULT.withRows(EmbeddingFormat.INT8, 0),
            ServingTemplate.DEFAULT.withRows(EmbeddingFormat.FP32, 0.25),
            ServingTemplate.DEFAULT.withRows(EmbeddingFormat.FP32, 0.5),
            ServingTemplate.DEFAULT.withRows(EmbeddingFormat.INT8, 0.5));

    private ServingFormsStudy() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        EncodedExamples train = read(folder.resolve("train.smtx"));
        EncodedExamples test = read(folder.resolve("test.smtx"));
        Template template = TemplateCatalog.named(arguments[2]);
        int seeds = Integer.parseInt(arguments[3]);
        System.out.printf("%d training rows, %d test rows%n", train.rows(), test.rows());
        System.out.println("| seed | format | pruned | NE | NE delta (%) | standard error | file bytes |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (long seed = 1; seed <= seeds; seed++) {
            study(template, train, test, arguments[1], seed);
        }
    }

    private static void study(Template template, EncodedExamples train, EncodedExamples test, String label, long seed)
            throws IOException {
        BucketedLoss base = new BucketedLoss();
        ModelSpecification plain = Instantiation.of(template, inputs(label, train));
        ModelState exact;
        try (TrainedModel trained = new ModelTrainer().train(plain, train, seed)) {
            exact = trained.state();
        }
        for (ServingTemplate form : FORMS) {
            ModelSpecification specification = Instantiation.of(template.withServing(form), inputs(label, train));
            StoredModel stored;
            try (TrainedModel trained = TrainedModel.of(specification, exact)) {
                stored = new StoredModel(
                        specification, new Provenance("m", "t", "p", "d", "c"), new TreeMap<>(), trained.state());
            }
            try (TrainedModel served = stored.open()) {
                Evaluation evaluation = served.evaluate(test);
                base = form.equals(ServingTemplate.DEFAULT) ? evaluation.losses() : base;
                PairedDelta delta = PairedDelta.between(base, evaluation.losses());
                ByteArrayOutputStream file = new ByteArrayOutputStream();
                ModelFile.write(stored, file);
                System.out.printf(
                        Locale.ROOT,
                        "| %d | %s | %.2f | %.6f | %+.5f | %.5f | %d |%n",
                        seed,
                        form.embeddingFormat(),
                        form.prunedShare(),
                        evaluation.normalizedEntropy(),
                        delta.delta(),
                        delta.standardError(),
                        file.size());
            }
        }
    }

    private static TemplateInputs inputs(String label, EncodedExamples rows) {
        FleetModel model = new FleetModel(
                "m",
                RankingStage.RANKING,
                1e6,
                "cpu",
                "event",
                "surface",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.parse(label)),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
        return new TemplateInputs(model, rows.features(), List.of());
    }

    private static EncodedExamples read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return EncodedExamplesFile.read(in);
        }
    }
}
