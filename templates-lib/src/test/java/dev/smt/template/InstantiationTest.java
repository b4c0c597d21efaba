package dev.smt.template;

import static dev.smt.template.Examples.AD;
import static dev.smt.template.Examples.AGE;
import static dev.smt.template.Examples.CARTED;
import static dev.smt.template.Examples.CLICKED;
import static dev.smt.template.Examples.PIPELINE;
import static dev.smt.template.Examples.PRICE;
import static dev.smt.template.Examples.SPARSE;
import static dev.smt.template.Examples.USER;
import static dev.smt.template.Examples.inputs;
import static dev.smt.template.Examples.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.search.ParameterValues;
import dev.smt.training.ModelSpecification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstantiationTest {
    private static final Template ONE_OF_EACH = TemplateFields.withAll(
            SPARSE, Map.of("features.top-k.numeric", 1L, "features.top-k.id", 1L, "features.top-k.event", 1L));

    @Test
    void aModelHasTheFeaturesThatItMayUse() {
        ModelSpecification model = Instantiation.of(SPARSE, inputs("age"));

        assertThat(model.network().features()).containsExactly(AD, PRICE, USER);
        assertThat(model.network().architecture()).isEqualTo(SPARSE.architecture());
        assertThat(model.data()).isEqualTo(SPARSE.data());
        assertThat(model.training()).isEqualTo(SPARSE.training());
        assertThat(model.label()).isEqualTo("is_click");
    }

    @Test
    void takesTheTopKOfEachTypeByRankingThenByName() {
        TemplateInputs ranked = new TemplateInputs(model(), PIPELINE, List.of("elsewhere", "price", "user"));

        assertThat(features(ONE_OF_EACH, inputs())).containsExactly(AD, AGE, CARTED);
        assertThat(features(ONE_OF_EACH, ranked)).containsExactly(CARTED, PRICE, USER);
        assertThat(features(TemplateFields.with(ONE_OF_EACH, "features.top-k.event", 2L), ranked))
                .containsExactly(CARTED, CLICKED, PRICE, USER);
    }

    @Test
    void doesNotDependOnTheOrderInWhichFeaturesAreListed() {
        List<Feature> reversed = new ArrayList<>(PIPELINE);
        Collections.reverse(reversed);

        assertThat(Instantiation.of(ONE_OF_EACH, new TemplateInputs(model(), reversed, List.of())))
                .isEqualTo(Instantiation.of(ONE_OF_EACH, inputs()));
    }

    @Test
    void aNetworkWithoutSequencesIsTheSameWhateverTheTemplateSaysOfThem() {
        Template longer =
                TemplateFields.withAll(SPARSE, Map.of("features.max-sequence-length", 40L, "features.pooling", "sum"));

        assertThat(Instantiation.of(longer, inputs())).isEqualTo(Instantiation.of(SPARSE, inputs()));
        Template sequences = TemplateFields.with(longer, "features.top-k.event", 1L);
        assertThat(Instantiation.of(sequences, inputs()).network())
                .matches(network -> network.maxSequenceLength() == 40)
                .matches(network -> network.pooling() == SequencePooling.SUM);
    }

    @Test
    void theHashIsThatOfTheDocumentedText() {
        // SHA-256 of the texts that docs/formats.md describes, made by hand. Results are kept under these hashes: they
        // must
        // never change.
        assertThat(Instantiation.of(SPARSE, inputs()).hash())
                .isEqualTo("a8088b70c72dbb8dfd79a9cbbea52e6bd7a378f97c97d563bff814f7aca6a146");
        assertThat(Instantiation.of(ONE_OF_EACH, inputs()).hash())
                .isEqualTo("19218c21d75735d06398c476a095e583aa9318897059de400696f9b798ae5781");
    }

    @Test
    void theHashChangesWithWhatTrainingDependsOnAndOnlyWithThat() {
        String hash = Instantiation.of(SPARSE, inputs()).hash();

        assertThat(Instantiation.of(TemplateFields.with(SPARSE, "training.decay", 0.5), inputs())
                        .hash())
                .isNotEqualTo(hash);
        assertThat(Instantiation.of(TemplateFields.with(SPARSE, "data.negative-rate", 0.5), inputs())
                        .hash())
                .isNotEqualTo(hash);
        assertThat(Instantiation.of(TemplateFields.with(SPARSE, "architecture.head", List.of(4)), inputs())
                        .hash())
                .isNotEqualTo(hash);
        Map<String, String> layers = Map.of(
                "architecture.hidden-layers.activation", "silu",
                "architecture.hidden-layers.normalization", "layer");
        layers.forEach((path, value) -> assertThat(Instantiation.of(TemplateFields.with(SPARSE, path, value), inputs())
                        .hash())
                .as(path)
                .isNotEqualTo(hash));
        Map<String, Object> settings = Map.of(
                "training.optimizer.dense", "sgd",
                "training.optimizer.embedding", "adagrad",
                "training.optimizer.embedding-weight-decay", 0.1,
                "training.optimizer.clip-norm", 1.0,
                "training.optimizer.averaging-share", 0.2,
                "training.loss.focal-gamma", 2.0,
                "training.held-out.validation-share", 0.1,
                "training.held-out.calibration-share", 0.1);
        settings.forEach(
                (path, value) -> assertThat(Instantiation.of(TemplateFields.with(SPARSE, path, value), inputs())
                                .hash())
                        .as(path)
                        .isNotEqualTo(hash));
        Template governed = TemplateFields.withAll(
                SPARSE,
                Map.of(
                        "training.optimizer.dense", "sgd",
                        "training.decay", 0.5,
                        "training.held-out.validation-share", 0.1));
        Map<String, Object> pairs = Map.of(
                "training.optimizer.momentum",
                0.9,
                "training.optimizer.schedule",
                "cosine",
                "training.held-out.validation-checks",
                10,
                "training.held-out.patience",
                4);
        pairs.forEach((path, value) -> assertThat(Instantiation.of(TemplateFields.with(governed, path, value), inputs())
                        .hash())
                .as(path)
                .isNotEqualTo(Instantiation.of(governed, inputs()).hash()));
        assertThat(Instantiation.of(SPARSE, inputs("age")).hash()).isNotEqualTo(hash);
        Template served = TemplateFields.with(SPARSE, "serving.capacity-tolerance", 0.5)
                .withExposed(List.of(ExposedField.open("training.epochs")))
                .withTechniques(List.of("nothing"));
        assertThat(Instantiation.of(served, inputs()).hash()).isEqualTo(hash);
    }

    @Test
    void tellsAllProblemsOfTheInputsAtOnce() {
        Feature leak = new Feature("is_click", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
        TemplateInputs inputs =
                new TemplateInputs(model("ad", "price", "colour"), List.of(AD, PRICE, AGE, AGE, leak), List.of());

        InvalidTemplateInputsException problems = catchThrowableOfType(
                InvalidTemplateInputsException.class, () -> Instantiation.of(Examples.DECOUPLED, inputs));

        assertThat(problems.problems())
                .containsExactly(
                        "model feed-ctr: feature age is twice in the pipeline ads",
                        "model feed-ctr: excluded feature colour is not in the pipeline ads;"
                                + " it has ad, age, is_click, price",
                        "model feed-ctr: feature is_click is the model's label, a leak; exclude the feature",
                        "model feed-ctr: the item tower (features of side item) has no feature, and template"
                                + " decoupled-sparse-nn-medium has two towers; use a single-tower template,"
                                + " or allow such a feature");
    }

    @Test
    void refusesAModelWithoutFeatures() {
        assertThatThrownBy(() -> Instantiation.of(SPARSE, inputs("ad", "user", "age", "price")))
                .isInstanceOf(InvalidTemplateInputsException.class)
                .hasMessageStartingWith(
                        "model feed-ctr: no feature is left of 6 in the pipeline, after 4 excluded ones");
    }

    @Test
    void acceptsTheLabelAmongTheFeaturesWhereItIsExcluded() {
        List<Feature> features = new ArrayList<>(PIPELINE);
        features.add(new Feature("is_click", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn()));

        assertThat(features(SPARSE, new TemplateInputs(model("is_click"), features, List.of())))
                .containsExactly(AD, AGE, PRICE, USER);
    }

    @Test
    void aModelMayTuneWhatTheTemplateExposes() {
        Template exposing = TemplateFields.exposing(SPARSE, List.of("training.dense-learning-rate"));
        ParameterValues values = ParameterValues.empty().with("training.dense-learning-rate", 0.01);

        ModelSpecification tuned = Instantiation.tuned(exposing, inputs(), values);

        assertThat(tuned)
                .isEqualTo(
                        Instantiation.of(TemplateFields.with(SPARSE, "training.dense-learning-rate", 0.01), inputs()));
        assertThat(Instantiation.tuned(exposing, inputs(), ParameterValues.empty()))
                .isEqualTo(Instantiation.of(SPARSE, inputs()));
    }

    @Test
    void refusesToTuneAnythingElseAndNamesTheFields() {
        Template exposing = TemplateFields.exposing(SPARSE, List.of("training.decay"));
        ParameterValues values =
                ParameterValues.empty().with("training.epochs", 3L).with("training.decay", 2.0);

        InvalidTemplateInputsException problems = catchThrowableOfType(
                InvalidTemplateInputsException.class, () -> Instantiation.tuned(exposing, inputs("colour"), values));

        assertThat(problems.problems())
                .containsExactly(
                        "model feed-ctr: field training.epochs is set to 3, but template sparse-nn-medium doesn't"
                                + " expose it; exposed: [training.decay]",
                        "model feed-ctr: training: decay is 2.0; allowed: 0 to 1",
                        "model feed-ctr: excluded feature colour is not in the pipeline ads;"
                                + " it has ad, age, carted, clicked, price, user");
    }

    private static List<Feature> features(Template template, TemplateInputs inputs) {
        return Instantiation.of(template, inputs).network().features();
    }
}
