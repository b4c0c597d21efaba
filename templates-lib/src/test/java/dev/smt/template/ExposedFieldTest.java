package dev.smt.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.template.ExposedField.Allowed;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExposedFieldTest {
    private static final ExposedField RATE =
            new ExposedField("training.dense-learning-rate", new Allowed.Between(0.0001, 0.01, true, false));
    private static final ExposedField EPOCHS =
            new ExposedField("training.epochs", new Allowed.Between(1, 3, false, true));
    private static final ExposedField POOLING =
            new ExposedField("features.pooling", new Allowed.OneOf(List.of("sum", "mean")));
    private static final ExposedField BUCKETS =
            new ExposedField("architecture.embedding-buckets", new Allowed.OneOf(List.of(0L, 1024L)));
    private static final ExposedField DECAY = ExposedField.open("training.decay");
    private static final Template EXPOSING =
            TemplateFields.exposingBounded(Examples.SPARSE, List.of(RATE, EPOCHS, POOLING, BUCKETS, DECAY));

    @Test
    void boundsAreInclusiveAndLevelsAreComparedByValue() {
        assertThat(RATE.admits(0.0001)).isTrue();
        assertThat(RATE.admits(0.01)).isTrue();
        assertThat(RATE.admits(0.0100001)).isFalse();
        assertThat(RATE.admits("fast")).isFalse();
        assertThat(EPOCHS.admits(2L)).isTrue();
        assertThat(EPOCHS.admits(2.0)).isTrue();
        assertThat(EPOCHS.admits(1.5)).isFalse();
        assertThat(POOLING.admits("mean")).isTrue();
        assertThat(POOLING.admits("max")).isFalse();
        assertThat(BUCKETS.admits(1024.0)).isTrue();
        assertThat(BUCKETS.admits(512L)).isFalse();
        assertThat(DECAY.admits(1e9)).isTrue();
    }

    @Test
    void anOpenFieldIsATextInJsonAndABoundedOneAnObject() {
        String json = TemplateJson.write(EXPOSING);

        assertThat(json)
                .startsWith("{\"format-version\":2,")
                .contains("\"exposed\":[{\"path\":\"architecture.embedding-buckets\",\"levels\":[0,1024]},"
                        + "{\"path\":\"features.pooling\",\"levels\":[\"sum\",\"mean\"]},"
                        + "\"training.decay\","
                        + "{\"path\":\"training.dense-learning-rate\",\"low\":0.0001,\"high\":0.01,\"log\":true},"
                        + "{\"path\":\"training.epochs\",\"low\":1,\"high\":3,\"whole\":true}]");
        assertThat(TemplateJson.read(json)).isEqualTo(EXPOSING);
        assertThat(TemplateJson.read(TemplateJson.writeIndented(EXPOSING))).isEqualTo(EXPOSING);
    }

    @Test
    void aTemplateWithOpenFieldsOnlyIsWrittenAsByFormatVersion1() {
        assertThat(TemplateJson.write(TemplateFields.exposing(Examples.SPARSE, List.of("training.decay"))))
                .startsWith("{\"format-version\":1,")
                .contains("\"exposed\":[\"training.decay\"]");
    }

    @Test
    void everyProblemOfTheJsonIsToldAtOnce() {
        String json = TemplateJson.write(Examples.SPARSE)
                .replace(
                        "\"exposed\":[]",
                        "\"exposed\":[{\"path\":\"a\",\"low\":2,\"high\":1},{\"path\":\"b\",\"levels\":[]},"
                                + "{\"path\":\"c\",\"low\":0,\"high\":1,\"log\":true},{\"low\":1,\"high\":2,\"step\":1},"
                                + "{\"path\":\"d\",\"low\":0.5,\"high\":1,\"whole\":true},{\"path\":\"e\",\"levels\":[[1]]}]");

        InvalidTemplateException problems =
                catchThrowableOfType(InvalidTemplateException.class, () -> TemplateJson.read(json));

        assertThat(problems.problems())
                .contains(
                        "exposed[0]: bounds are 2.0 to 1.0; allowed: finite, low at most high",
                        "exposed[1]: levels are []; allowed: at least one, none twice, each a text, a number, true or"
                                + " false",
                        "exposed[2]: low is 0.0 on a logarithmic scale; allowed: above 0",
                        "exposed[3].path is missing; expected a text",
                        "exposed[3].step is unknown; exposed[3] has path, low, high, log, whole",
                        "exposed[4]: bounds are 0.5 to 1.0 of whole numbers; allowed: whole numbers",
                        "exposed[5].levels is [[1]]; expected an array of texts, numbers, true and false");
        assertThatThrownBy(() -> TemplateJson.read(
                        TemplateJson.write(Examples.SPARSE).replace("\"exposed\":[]", "\"exposed\":[1]")))
                .hasMessage("exposed is [1]; expected an array of texts and objects");
    }

    @Test
    void aFieldIsExposedOnceAndExposedAgainItGetsTheNewBounds() {
        ExposedField narrower = new ExposedField(RATE.path(), new Allowed.Between(0.001, 0.01, true, false));
        assertThatThrownBy(() -> Examples.SPARSE.withExposed(List.of(RATE, narrower)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "field training.dense-learning-rate is exposed twice: training.dense-learning-rate (a number"
                                + " from 0.0001 to 0.01) and training.dense-learning-rate (a number from 0.001 to 0.01);"
                                + " allowed: once");
        assertThat(TemplateFields.exposingBounded(EXPOSING, List.of(narrower)).exposed())
                .contains(narrower)
                .doesNotContain(RATE)
                .hasSize(5);
    }

    @Test
    void theSearchSpaceOfATemplateIsItsBoundedFields() {
        assertThat(ExposedSpace.of(EXPOSING).parameters())
                .containsExactly(
                        new Parameter.Categorical(BUCKETS.path(), List.of("0", "1024")),
                        new Parameter.Categorical(POOLING.path(), List.of("sum", "mean")),
                        new Parameter.Real(RATE.path(), 0.0001, 0.01, true),
                        new Parameter.Whole(EPOCHS.path(), 1, 3, false));
        assertThat(ExposedSpace.of(Examples.SPARSE).parameters()).isEmpty();
    }

    @Test
    void theTemplatesOwnValuesAreAPointOfItsSpaceUnlessOneIsOutOfItsBounds() {
        ParameterValues current = ExposedSpace.current(EXPOSING).orElseThrow();
        assertThat(ExposedSpace.of(EXPOSING).require(current)).isEqualTo(current);
        ExposedSpace.values(EXPOSING, current).values().forEach((path, value) -> assertThat(
                        TemplateFields.scalar(TemplateFields.with(EXPOSING, path, value), path))
                .as(path)
                .isEqualTo(TemplateFields.scalar(EXPOSING, path)));
        ExposedField elsewhere = new ExposedField(RATE.path(), new Allowed.Between(0.5, 1, true, false));
        assertThat(ExposedSpace.current(TemplateFields.exposingBounded(EXPOSING, List.of(elsewhere))))
                .isEmpty();
        assertThat(ExposedSpace.current(Examples.SPARSE)).contains(ParameterValues.empty());
    }

    @Test
    void aPointOfTheSpaceTunesAModel() {
        ParameterValues theta = ParameterValues.empty()
                .with(BUCKETS.path(), "1024")
                .with(POOLING.path(), "sum")
                .with(RATE.path(), 0.005)
                .with(EPOCHS.path(), 2L);

        ParameterValues values = ExposedSpace.values(EXPOSING, theta);

        assertThat(values.values())
                .containsEntry(BUCKETS.path(), 1024L)
                .containsEntry(POOLING.path(), "sum")
                .containsEntry(RATE.path(), 0.005)
                .containsEntry(EPOCHS.path(), 2L);
        assertThat(Instantiation.tuned(EXPOSING, Examples.inputs(), values))
                .isEqualTo(
                        Instantiation.of(TemplateFields.withAll(Examples.SPARSE, values.values()), Examples.inputs()));
        assertThatThrownBy(() -> ExposedSpace.values(EXPOSING, theta.with(EPOCHS.path(), 4L)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("parameter training.epochs is 4");
    }

    @Test
    void aModelMayNotLeaveTheBoundsAndHearsOfAllFieldsAtOnce() {
        ParameterValues values = ParameterValues.empty()
                .with(RATE.path(), 0.02)
                .with(EPOCHS.path(), 2.5)
                .with(POOLING.path(), "max")
                .with(DECAY.path(), 2.0)
                .with("training.batch-size", 64L);

        InvalidTemplateInputsException problems = catchThrowableOfType(
                InvalidTemplateInputsException.class, () -> Instantiation.tuned(EXPOSING, Examples.inputs(), values));

        String field = "model feed-ctr: field ";
        assertThat(problems.problems())
                .containsExactly(
                        field + "training.dense-learning-rate is set to 0.02, but template sparse-nn-medium allows a"
                                + " number from 0.0001 to 0.01",
                        field
                                + "training.epochs is set to 2.5, but template sparse-nn-medium allows a whole number from"
                                + " 1 to 3",
                        field + "features.pooling is set to max, but template sparse-nn-medium allows one of sum, mean",
                        field + "training.batch-size is set to 64, but template sparse-nn-medium doesn't expose it;"
                                + " exposed: [architecture.embedding-buckets, features.pooling, training.decay,"
                                + " training.dense-learning-rate, training.epochs]",
                        "model feed-ctr: training: decay is 2.0; allowed: 0 to 1");
    }
}
