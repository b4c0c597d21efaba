package dev.smt.jobs.iteration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.iteration.InstanceTuning.Tuned;
import dev.smt.metric.BucketedLoss;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.template.ExposedField;
import dev.smt.template.ExposedField.Allowed;
import dev.smt.template.ExposedSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToDoubleBiFunction;
import org.junit.jupiter.api.Test;

/** Losses follow a law that the test knows, each row with noise of its own. */
class InstanceTuningTest {
    private static final String RATE = "training.dense-learning-rate";
    private static final String DECAY = "training.decay";
    private static final Template PLAIN = TemplateCatalog.named("sparse-nn-medium");
    /** The template's own dense learning rate is 0.001, in the middle of the range. */
    private static final Template EXPOSING = TemplateFields.exposingBounded(
            TemplateFields.with(PLAIN, RATE, 0.001),
            List.of(new ExposedField(RATE, new Allowed.Between(0.0001, 0.01, true, false)), ExposedField.open(DECAY)));

    private final List<TunedInstance> trained = new ArrayList<>();
    private Predicate<TunedInstance> allowed = instance -> true;

    @Test
    void eachModelFindsItsOwnValueWithinTheBounds() {
        Map<String, Tuned> tuned = tune(8, (model, rate) -> 0.3 * Math.pow(log(rate) - (model.equals("a") ? 1 : 0), 2));
        assertThat(rate(tuned.get("a"))).isBetween(0.003, 0.01);
        assertThat(rate(tuned.get("b"))).isBetween(0.0001, 0.0004);
        assertThat(tuned.get("a").trainings()).isEqualTo(8);
        assertThat(trained).hasSize(16).allSatisfy(instance -> {
            assertThat(instance.candidate().values().values()).containsOnlyKeys(RATE);
            assertThat(instance.theta().real(RATE)).isBetween(0.0001, 0.01);
        });
        assertThat(ParameterValuesJson.read(
                        ExposedSpace.of(EXPOSING), tuned.get("a").json().orElseThrow()))
                .isEqualTo(tuned.get("a").values());
    }

    @Test
    void theTemplatesOwnValuesAreTheFirstTrial() {
        tune(3, (model, rate) -> log(rate));
        assertThat(trained.subList(0, 2))
                .extracting(instance -> instance.theta().real(RATE))
                .containsExactly(0.001, 0.001);
        assertThat(trained.subList(2, 6)).noneMatch(instance -> instance.theta().real(RATE) == 0.001);
    }

    @Test
    void theTemplatesOwnValuesAreKeptWhereNothingIsBetter() {
        Map<String, Tuned> tuned = tune(6, (model, rate) -> Math.abs(log(rate) - 0.5));
        assertThat(tuned.get("a")).isEqualTo(new Tuned(ParameterValues.empty(), Optional.empty(), 6));
    }

    @Test
    void aModelWhoseTemplateCanNotBeTrainedIsNotTuned() {
        Map<String, Tuned> tuned = tune(6, (model, rate) -> model.equals("a") ? Double.NaN : log(rate));
        assertThat(tuned.get("a")).isEqualTo(new Tuned(ParameterValues.empty(), Optional.empty(), 1));
        assertThat(tuned.get("b").trainings()).isEqualTo(6);
        assertThat(rate(tuned.get("b"))).isLessThan(0.0005);
    }

    @Test
    void trialsThatFailAreNotChosen() {
        Map<String, Tuned> tuned = tune(8, (model, rate) -> rate > 0.002 ? Double.NaN : 1 - log(rate));
        assertThat(tuned.get("a").json().isEmpty() || rate(tuned.get("a")) <= 0.002)
                .isTrue();
    }

    @Test
    void nothingIsTrainedThatTheModelCouldNotBeServedWith() {
        allowed = instance -> instance.theta().real(RATE) < 0.002;
        Map<String, Tuned> tuned = tune(8, (model, rate) -> 1 - log(rate));
        assertThat(trained)
                .hasSize(16)
                .allSatisfy(instance -> assertThat(instance.theta().real(RATE)).isLessThan(0.002));
        assertThat(rate(tuned.get("a"))).isBetween(0.001, 0.002);
    }

    @Test
    void whereNothingElseIsAllowedTheTemplatesOwnValuesAreTrainedOnceAndKept() {
        allowed = instance -> false;
        Map<String, Tuned> tuned = tune(8, (model, rate) -> 1 - log(rate));
        assertThat(tuned.get("a")).isEqualTo(new Tuned(ParameterValues.empty(), Optional.empty(), 1));
    }

    @Test
    void withoutTrialsOrBoundedFieldsNothingIsTrained() {
        assertThat(tune(0, (model, rate) -> log(rate)).get("a").trainings()).isZero();
        Template open = TemplateFields.exposing(PLAIN, List.of(RATE));
        Template outside = TemplateFields.exposingBounded(
                PLAIN, List.of(new ExposedField(RATE, new Allowed.Between(0.5, 1, true, false))));
        for (Template template : List.of(PLAIN, open, outside)) {
            assertThat(tune(4, template, (model, rate) -> log(rate)).get("a"))
                    .isEqualTo(new Tuned(ParameterValues.empty(), Optional.empty(), 0));
        }
        assertThat(trained).isEmpty();
    }

    @Test
    void nobodyMovesAFieldThatIsNotExposedOrBeyondItsBounds() {
        ParameterValues inside = ParameterValues.empty().with(RATE, 0.01);
        assertThat(new TunedInstance(model("a"), EXPOSING, inside).candidate().values())
                .isEqualTo(inside);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunedInstance(model("a"), EXPOSING, inside.with(RATE, 0.0101)))
                .withMessageContaining(RATE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TunedInstance(model("a"), EXPOSING, inside.with("training.epochs", 9L)))
                .withMessageContaining("training.epochs");
        assertThatIllegalArgumentException()
                .as("exposed, but without bounds")
                .isThrownBy(() -> new TunedInstance(model("a"), EXPOSING, inside.with(DECAY, 0.5)))
                .withMessageContaining(DECAY);
    }

    @Test
    void theSameSeedFindsTheSame() {
        assertThat(tune(5, (model, rate) -> Math.pow(log(rate) - 0.8, 2)))
                .isEqualTo(tune(5, (model, rate) -> Math.pow(log(rate) - 0.8, 2)));
    }

    /** The place of a rate in its range, 0 to 1. */
    private static double log(double rate) {
        return Math.log(rate / 0.0001) / Math.log(100);
    }

    private static double rate(Tuned tuned) {
        return tuned.values().real(RATE);
    }

    private Map<String, Tuned> tune(int trials, ToDoubleBiFunction<String, Double> excess) {
        return tune(trials, EXPOSING, excess);
    }

    /** @param excess of the loss by model and rate, relative to a loss of 0.7 a row; NaN where the training fails */
    private Map<String, Tuned> tune(int trials, Template template, ToDoubleBiFunction<String, Double> excess) {
        Map<FleetModel, Template> templates = new LinkedHashMap<>();
        templates.put(model("a"), template);
        templates.put(model("b"), template);
        return new InstanceTuning(trials, 1, instances -> {
                    trained.addAll(instances);
                    return instances.stream()
                            .map(instance -> losses(excess.applyAsDouble(
                                    instance.model().id(), instance.theta().real(RATE))))
                            .toList();
                })
                .of(templates, allowed);
    }

    private static Optional<BucketedLoss> losses(double excess) {
        if (Double.isNaN(excess)) {
            return Optional.empty();
        }
        BucketedLoss losses = new BucketedLoss();
        Random random = new Random(Double.doubleToLongBits(excess));
        for (int row = 0; row < 2560; row++) {
            losses.add(row % BucketedLoss.BUCKETS, 0.7 * (1 + 0.1 * excess) + 0.01 * random.nextGaussian());
        }
        return Optional.of(losses);
    }

    private static FleetModel model(String id) {
        return new FleetModel(
                id,
                RankingStage.values()[0],
                1000,
                "cpu",
                "ctr",
                "feed",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }
}
