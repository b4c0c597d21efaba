package dev.smt.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.FleetOutcome;
import dev.smt.search.UnitCube;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The fleet is what it promises to be. */
class BenchmarkFleetTest {
    private static final BenchmarkShape SMALL = new BenchmarkShape(100, 20, 12, 0.25, 0.1, 0.035, 1);
    private static final BenchmarkFleet FLEET = BenchmarkFleet.of(SMALL, 3);

    @Test
    void theStandardFleetHasTheStatedSharesOfEachKind() {
        BenchmarkFleet fleet = BenchmarkFleet.of(BenchmarkShape.STANDARD, 1);
        Map<TrueEffect, Long> kinds = fleet.techniques().stream()
                .collect(Collectors.groupingBy(BenchmarkTechnique::kind, Collectors.counting()));
        assertThat(kinds)
                .isEqualTo(Map.of(
                        TrueEffect.GENERALIZES, 71L,
                        TrueEffect.DOES_NOTHING, 3L,
                        TrueEffect.TOO_WEAK, 3L,
                        TrueEffect.DIVIDES, 3L));
        assertThat(fleet.models()).hasSize(252);
        assertThat(fleet.models().stream().filter(BenchmarkModel::resists)).hasSize(14);
        assertThat(fleet.models().stream().map(BenchmarkModel::cluster).distinct())
                .hasSize(20);
        assertThat(fleet.techniques().stream()
                        .map(technique -> technique.searchSpace().parameters().size())
                        .distinct())
                .containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6);
    }

    @Test
    void noThetaOfADenseGridMakesATechniqueGeneralizeThatCannot() {
        List<BenchmarkTechnique> unable = FLEET.techniques().stream()
                .filter(technique -> !technique.generalizes())
                .toList();
        assertThat(unable).hasSize(3);
        assertThat(unable).allSatisfy(technique -> assertThat(outcomes(technique, 10_000, 1))
                .noneMatch(outcome ->
                        outcome.feasible() && outcome.mu() >= FLEET.objective().tau()));
    }

    @Test
    void theBestThetaIsWorthTwiceTauAndBeatsTenThousandRandomOnes() {
        FLEET.techniques().stream()
                .filter(BenchmarkTechnique::generalizes)
                .limit(5)
                .forEach(technique -> {
                    BestTheta best = FLEET.best(technique).orElseThrow();
                    assertThat(best.outcome()).isEqualTo(FLEET.outcome(technique, best.theta(), FLEET.objective()));
                    assertThat(best.outcome().feasible()).isTrue();
                    assertThat(best.outcome().mu())
                            .isGreaterThanOrEqualTo(2 * FLEET.objective().tau());
                    assertThat(outcomes(technique, 10_000, 2).filter(FleetOutcome::feasible))
                            .allMatch(outcome -> outcome.mu() <= best.outcome().mu());
                });
    }

    @Test
    void ofSomeTechniquesTheBestThetaWouldBeAnotherWereRegressionsAllowed() {
        FleetObjective lenient =
                new FleetObjective(0.05, 1, 0.05, FLEET.objective().weights());
        assertThat(FLEET.techniques().stream()
                        .filter(BenchmarkTechnique::generalizes)
                        .filter(technique -> {
                            FleetOutcome free =
                                    FLEET.best(technique, lenient).orElseThrow().outcome();
                            FleetOutcome best =
                                    FLEET.best(technique).orElseThrow().outcome();
                            return free.regressionRate() > 0.1 && free.mu() > best.mu() + 0.01;
                        }))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void nothingIsAGainToAModelThatResists() {
        List<BenchmarkModel> resisting =
                FLEET.models().stream().filter(BenchmarkModel::resists).toList();
        assertThat(resisting).hasSize(10);
        assertThat(resisting).extracting(BenchmarkModel::loss).contains(0.0).anyMatch(loss -> loss > 0.05);
        Random random = new Random(4);
        FLEET.techniques().forEach(technique -> {
            UnitCube cube = new UnitCube(technique.searchSpace());
            for (int i = 0; i < 20; i++) {
                double[] quantiles = random.doubles(cube.freeParameters()).toArray();
                assertThat(resisting)
                        .allMatch(model -> technique.surface().delta(cube.atQuantiles(quantiles), model) <= 0);
            }
        });
    }

    @Test
    void aTechniqueThatDoesNothingDoesNothingToAnyModel() {
        BenchmarkTechnique nothing = FLEET.techniques().stream()
                .filter(technique -> technique.kind() == TrueEffect.DOES_NOTHING)
                .findFirst()
                .orElseThrow();
        assertThat(FLEET.models()).allMatch(model -> nothing.surface().delta(nothing.defaults(), model) == 0);
    }

    @Test
    void theWholeFleetAndOneModelAtATimeSayTheSame() {
        BenchmarkTechnique technique = FLEET.techniques().get(0);
        double mean = FLEET.models().stream()
                .mapToDouble(model -> technique.surface().delta(technique.defaults(), model))
                .average()
                .orElseThrow();
        assertThat(FLEET.outcome(technique, technique.defaults(), FLEET.objective())
                        .mu())
                .isCloseTo(mean, within(1e-12));
    }

    @Test
    void isAFunctionOfItsShapeAndSeed() throws IOException {
        BenchmarkShape tiny = SMALL.withSizes(20, 4, 5);
        assertThat(json(BenchmarkFleet.of(tiny, 7)))
                .isEqualTo(json(BenchmarkFleet.of(tiny, 7)))
                .isNotEqualTo(json(BenchmarkFleet.of(tiny, 8)));
    }

    @Test
    void sizesThatMakeNoFleetAreRefusedAllAtOnce() {
        assertThatThrownBy(() -> new BenchmarkShape(3, 4, 0, 2, -1, 0, -1))
                .hasMessage("models is 3; allowed: the number of clusters, 4, to 100000; techniques is 0; allowed: 1 to"
                        + " 100000; the share of techniques that can't generalize is 2.0; allowed: 0 to 1; the share of"
                        + " models that resist is -1.0; allowed: 0 to 1; the row error is 0.0; allowed: a finite number"
                        + " above 0 (percent NE); the seed ratio is -1.0; allowed: a finite number of at least 0");
        assertThatThrownBy(() -> SMALL.withSizes(100, 61, 1)).hasMessage("clusters is 61; allowed: 1 to 60");
        assertThatThrownBy(() -> BenchmarkFleet.of(new BenchmarkShape(20, 2, 1, 0, 1, 0.035, 1), 1))
                .hasMessageContaining("so many models resist that none generalizes: make their share smaller");
    }

    private static Stream<FleetOutcome> outcomes(BenchmarkTechnique technique, int count, long seed) {
        UnitCube cube = new UnitCube(technique.searchSpace());
        Random random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(i -> random.doubles(cube.freeParameters()).toArray())
                .map(quantiles -> FLEET.outcome(technique, cube.atQuantiles(quantiles), FLEET.objective()));
    }

    static String json(BenchmarkFleet fleet) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BenchmarkJson.write(fleet, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
