package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.data.DataTemplate;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import dev.smt.nn.Architecture;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.Interaction;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.serving.ServingTemplate;
import dev.smt.training.HeldOutTemplate;
import dev.smt.training.LossTemplate;
import dev.smt.training.TrainingTemplate;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.optimizer.Schedule;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateJsonTest {
    /**
     * The file and the hash were written by hand and by format version 1 when it was made. They must never change: a
     * published version keeps its text and its hash, and stays readable.
     */
    @Test
    void readsFormatVersion1AndKeepsItsHash() throws IOException {
        Template template = TemplateJson.read(resource("format-1.json"));

        assertThat(template)
                .isEqualTo(new Template(
                        "decoupled-sparse-nn-small",
                        new Architecture(
                                Paradigm.DECOUPLED_SPARSE_NN,
                                8,
                                4096,
                                List.of(),
                                List.of(new Interaction.Dot(), new Interaction.Cross(2, 16)),
                                List.of(32, 16)),
                        new FeatureTemplate(
                                Map.of(FeatureType.NUMERIC, 10, FeatureType.ID, 20, FeatureType.EVENT, 2),
                                "importance-7",
                                12,
                                SequencePooling.SUM),
                        DataTemplate.PLAIN.withNegativeRate(0.25).withRecencyHalfLife(1.5),
                        new TrainingTemplate(2, 1024, 0.025, 0.0005, 0.05, 0.1, 0.00001, 0.02),
                        new ServingTemplate(0.1),
                        List.of(ExposedField.open("training.decay")),
                        List.of("cross-network", "history-pooling")));
        assertThat(TemplateJson.hash(template))
                .isEqualTo("88721181221342ed8e1f3cf8660c467c5595f66aa49c7fe7c591ee7d4a9135a1");
    }

    /** Version 1 of the built-in templates: once it is released, it never changes. */
    @ParameterizedTest
    @CsvSource({
        "decoupled-sparse-nn-large, 7ad693dfeda807541cf09ebd46315a6afdcc49ecc3620c97d8f1374a55de725a",
        "decoupled-sparse-nn-medium, e786dfb4c333e5e885ccb56e940d8ddd79a50da3382826beb0d578c80a265824",
        "decoupled-sparse-nn-small, 5b91c78da39a8d7aaaa7c53a378f59967c5d177546192d8ccfb26f451ccafcc1",
        "sparse-nn-large, 3302ada3e7da5418ceaac5c6f376bcc050cc823cde9ff97bf957963909715306",
        "sparse-nn-medium, 91ca20c41f6dcc9c35292f796a18b1366ff8ea2469a48a52a0590a4a0857ecb2",
        "sparse-nn-small, deb24a806fa28f0d986c6a5066b37824e7aad4fbf26227083f5788626279f76e"
    })
    void theBuiltInTemplatesAreThoseOfTheFirstRelease(String name, String hash) throws IOException {
        Template builtIn = TemplateCatalog.named(name);

        assertThat(TemplateJson.writeIndented(builtIn)).isEqualTo(resource(name + "@1.json"));
        assertThat(TemplateJson.read(resource(name + "@1.json"))).isEqualTo(builtIn);
        assertThat(TemplateJson.hash(builtIn)).isEqualTo(hash);
    }

    @Test
    void everyBuiltInTemplateHasAGoldenFile() {
        assertThat(TemplateCatalog.names())
                .allSatisfy(name -> assertThat(TemplateJsonTest.class.getResource(name + "@1.json"))
                        .isNotNull());
    }

    @Test
    void everyTemplateComesBackAsItWas() {
        Random random = new Random(5);
        for (int repeat = 0; repeat < 200; repeat++) {
            Template template = random(random);
            String json = TemplateJson.write(template);
            assertThat(TemplateJson.read(json))
                    .as("repeat %s: %s", repeat, json)
                    .isEqualTo(template);
            assertThat(TemplateJson.write(TemplateJson.read(json))).isEqualTo(json);
            assertThat(TemplateJson.read(TemplateJson.writeIndented(template))).isEqualTo(template);
        }
    }

    @Test
    void anotherSpellingOfTheSameTemplateHasTheSameHash() {
        String canonical = TemplateJson.write(Examples.SPARSE);
        String spelled = canonical
                .replace("\"negative-rate\":1,", "\"negative-rate\": 1.00,")
                .replace("0.001", "1e-3")
                .replace(",\"techniques\":[]}", "}")
                .replaceFirst("\\{", "{\n\"techniques\": [],");
        assertThat(spelled).isNotEqualTo(canonical);

        assertThat(TemplateJson.hash(TemplateJson.read(spelled))).isEqualTo(TemplateJson.hash(Examples.SPARSE));
    }

    @Test
    void theCanonicalTextHasOneSpellingPerNumber() {
        Template template = Examples.SPARSE.withTraining(new TrainingTemplate(1, 512, 0.1, 1e-8, 0, 1, 0.5, 0));

        assertThat(TemplateJson.write(template))
                .contains("\"embedding-learning-rate\":0.1,\"dense-learning-rate\":0.00000001,"
                        + "\"warmup-share\":0,\"decay\":1,\"weight-decay\":0.5,");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        String json = TemplateJson.write(Examples.SPARSE)
                .replace("\"embedding-dimension\":16", "\"embedding-dimension\":\"wide\"")
                .replace("\"epochs\":1", "\"epochs\":0,\"momentum\":0.9")
                .replace("\"batch-size\":512,", "")
                .replace("\"pooling\":\"mean\"", "\"pooling\":\"max\"")
                .replace("\"negative-rate\":1", "\"negative-rate\":2")
                .replace("\"event\":0", "\"events\":0")
                .replace("\"dot\":{}", "\"dot\":{\"scale\":1}");

        InvalidTemplateException problems =
                catchThrowableOfType(InvalidTemplateException.class, () -> TemplateJson.read(json));

        assertThat(problems.problems())
                .containsExactlyInAnyOrder(
                        "architecture.embedding-dimension is \"wide\"; expected a whole number",
                        "architecture.interactions.dot.scale is unknown; architecture.interactions.dot has no keys",
                        "features.top-k.event is missing; expected a whole number",
                        "features.top-k.events is unknown; features.top-k has numeric, id, embedding, transform,"
                                + " event, other",
                        "features.pooling is \"max\"; expected one of sum, mean, position-weighted,"
                                + " target-attention, self-attention",
                        "data: negative rate is 2.0; allowed: above 0, at most 1",
                        "training.batch-size is missing; expected a whole number",
                        "training.momentum is unknown; training has epochs, batch-size, embedding-learning-rate,"
                                + " dense-learning-rate, warmup-share, decay, weight-decay, label-smoothing, optimizer, loss,"
                                + " held-out, sharding",
                        "training: epochs is 0.0; allowed: 1 or more");
    }

    @Test
    void fieldsOfTheSecondVersionAreThereWhereTheyDoNotHaveTheirDefault() {
        TrainingTemplate plain = Examples.SPARSE.training();
        Template changed = Examples.SPARSE.withTraining(plain.withOptimizer(OptimizerTemplate.DEFAULT
                        .withDense(DenseOptimizer.Kind.SGD, 0.9)
                        .withClipNorm(2))
                .withHeldOut(HeldOutTemplate.DEFAULT.withCalibrationShare(0.1)));

        assertThat(TemplateJson.write(changed))
                .startsWith("{\"format-version\":2,")
                .contains("\"label-smoothing\":0,\"optimizer\":{\"dense\":\"sgd\",\"momentum\":0.9,"
                        + "\"clip-norm\":2},\"held-out\":{\"calibration-share\":0.1}},");
        assertThat(TemplateJson.write(changed.withTraining(plain))).isEqualTo(TemplateJson.write(Examples.SPARSE));
    }

    @Test
    void tellsAllProblemsOfTheSecondVersionsFields() {
        String json = TemplateJson.write(Examples.SPARSE)
                .replace(
                        "\"label-smoothing\":0",
                        "\"label-smoothing\":0,\"optimizer\":{\"dense\":\"lion\",\"momentum\":1,\"clip-norm\":-1},"
                                + "\"loss\":{\"positive-weight\":0,\"divergence-factor\":1},"
                                + "\"held-out\":{\"validation-share\":0.6,\"calibration-share\":0.5,\"patience\":0}");

        assertThatThrownBy(() -> TemplateJson.read(json))
                .hasMessage("training.optimizer.dense is \"lion\"; expected one of adamw, adam, adagrad, sgd\n"
                        + "training.optimizer: momentum is 1.0; allowed: 0 to below 1; clip-norm is -1.0; allowed: 0"
                        + " (off) or more\n"
                        + "training.loss: positive-weight is 0.0; allowed: above 0; divergence-factor is 1.0; allowed:"
                        + " 0 (off) or above 1\n"
                        + "training.held-out: patience is 0; allowed: 1 or more; validation-share and calibration-share"
                        + " together are 1.1; allowed: below 1");
    }

    @Test
    void aMissingSectionIsOneProblem() {
        String json = TemplateJson.write(Examples.SPARSE).replaceFirst("\"data\":\\{[^}]*},", "");

        assertThatThrownBy(() -> TemplateJson.read(json)).hasMessage("data is missing; expected an object");
        assertThatThrownBy(() -> TemplateJson.read("{\"format-version\":1,\"name\":\"a\"}"))
                .hasMessage("architecture is missing; expected an object\n"
                        + "features is missing; expected an object\n"
                        + "data is missing; expected an object\n"
                        + "training is missing; expected an object\n"
                        + "serving is missing; expected an object\n"
                        + "exposed is missing; expected an array of texts and objects\n"
                        + "techniques is missing; expected an array of texts");
    }

    @Test
    void refusesWhatIsNoTemplate() {
        assertThatThrownBy(() -> TemplateJson.read("{\"name\": "))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessageStartingWith("not JSON at line 1, column 1");
        assertThatThrownBy(() -> TemplateJson.read("{} {}")).hasMessageStartingWith("not JSON at line 1, column 4");
        assertThatThrownBy(() -> TemplateJson.read("[]")).hasMessage("the template is []; expected an object");
        assertThatThrownBy(() -> TemplateJson.read("")).hasMessage("the template is empty; expected an object");
        assertThatThrownBy(() -> TemplateJson.read("{\"name\":\"a\",\"name\":\"b\"}"))
                .hasMessageContaining("Duplicate");
        String later = TemplateJson.write(Examples.SPARSE).replace("\"format-version\":1", "\"format-version\":3");
        assertThatThrownBy(() -> TemplateJson.read(later)).hasMessage("format-version is 3; this program reads 1 to 2");
        String nameless = TemplateJson.write(Examples.SPARSE).replace("\"sparse-nn-medium\"", "\"Sparse\"");
        assertThatThrownBy(() -> TemplateJson.read(nameless))
                .hasMessage(
                        "template name is \"Sparse\"; allowed: lower-case words joined by -, such as sparse-nn-medium");
    }

    private static Template random(Random random) {
        List<Interaction> interactions = new ArrayList<>(List.of(new Interaction.Dot()));
        if (random.nextBoolean()) {
            interactions.add(0, new Interaction.Cross(1 + random.nextInt(3), random.nextInt(9)));
        }
        Paradigm paradigm = Paradigm.values()[random.nextInt(2)];
        int crossedIds = 2 * random.nextInt(2);
        double halfLife = random.nextBoolean() ? Double.POSITIVE_INFINITY : 1e-9 + random.nextDouble();
        return new Template(
                "a-" + random.nextInt(9),
                new Architecture(
                                paradigm,
                                1 + random.nextInt(64),
                                random.nextInt(5),
                                random.nextBoolean() ? List.of() : List.of(1 + random.nextInt(64), 8),
                                interactions,
                                List.of(1 + random.nextInt(64)))
                        .withHiddenLayers(new HiddenLayers(
                                HiddenLayers.Activation.values()[random.nextInt(3)],
                                HiddenLayers.Normalization.values()[random.nextInt(2)],
                                random.nextInt(2) * random.nextDouble())),
                new FeatureTemplate(
                        Map.of(FeatureType.values()[random.nextInt(6)], random.nextInt(30)),
                        random.nextBoolean() ? "" : "run-\"é\"-" + random.nextInt(9),
                        1 + random.nextInt(50),
                        SequencePooling.values()[random.nextInt(5)],
                        random.nextBoolean()
                                ? List.of()
                                : List.of(new Transform.Ratio("a", "b"), new Transform.Bucket("é", 9)),
                        crossedIds,
                        crossedIds == 0 ? FeatureTemplate.DEFAULT_CROSS_BUCKETS : 1 + random.nextInt(9)),
                DataTemplate.PLAIN.withNegativeRate(1 - random.nextDouble()).withRecencyHalfLife(halfLife),
                training(random),
                new ServingTemplate(
                        random.nextDouble(),
                        EmbeddingFormat.values()[random.nextInt(3)],
                        random.nextInt(2) * random.nextDouble(),
                        paradigm == Paradigm.DECOUPLED_SPARSE_NN && random.nextBoolean()),
                List.of(ExposedField.open("training.epochs")),
                random.nextBoolean() ? List.of() : List.of("b", "a"));
    }

    private static TrainingTemplate training(Random random) {
        TrainingTemplate training = new TrainingTemplate(
                1 + random.nextInt(3),
                1 + random.nextInt(4096),
                Math.exp(-20 * random.nextDouble()),
                Math.exp(20 * random.nextDouble()),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble());
        if (random.nextBoolean()) {
            DenseOptimizer.Kind dense = DenseOptimizer.Kind.values()[random.nextInt(4)];
            training = training.withOptimizer(new OptimizerTemplate(
                    dense,
                    dense == DenseOptimizer.Kind.SGD ? random.nextDouble() : 0,
                    EmbeddingOptimizer.Kind.values()[random.nextInt(3)],
                    random.nextInt(2),
                    random.nextInt(2) * random.nextDouble(),
                    Schedule.values()[random.nextInt(3)],
                    random.nextInt(2)));
        }
        if (random.nextBoolean()) {
            training = training.withLoss(
                    new LossTemplate(random.nextInt(3), 1 + random.nextInt(2), random.nextInt(2) * 3));
        }
        return random.nextBoolean()
                ? training
                : training.withHeldOut(new HeldOutTemplate(
                        0.5 * random.nextDouble(), 20, 1 + random.nextInt(5), random.nextInt(2) * 0.25));
    }

    private static String resource(String name) throws IOException {
        try (InputStream stream = TemplateJsonTest.class.getResourceAsStream(name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
