package dev.smt.jobs.representative;

import static dev.smt.jobs.representative.PlantedFleet.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.representative.RepresentativesResult.Assignment;
import dev.smt.jobs.representative.RepresentativesResult.ElbowPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import smile.validation.metric.AdjustedRandIndex;

class RepresentativesJobTest {
    private final RepresentativesJob job = new RepresentativesJob(TestSpark.session());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void findsTwentyPlantedClusters(long seed) {
        PlantedFleet fleet = PlantedFleet.of(20, 252, 0.05, seed);
        RepresentativesResult result = job.run(fleet.models(), byElbow(2, 24, 0.2, seed));
        int[] truth = fleet.truth().stream().mapToInt(Integer::intValue).toArray();
        int[] found =
                result.assignments().stream().mapToInt(Assignment::cluster).toArray();
        assertThat(representatives(result).size()).isBetween(19, 21);
        assertThat(AdjustedRandIndex.of(truth, found)).isGreaterThanOrEqualTo(0.95);
        assertThat(result.coverage().betterThanRandom()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void doesNotDependOnTheOrderOfTheModels() {
        List<FleetModel> models = new ArrayList<>(PlantedFleet.of(5, 40, 0.3, 7).models());
        RepresentativesResult result = job.run(models, given(5, 0.2));
        Collections.shuffle(models, new Random(3));
        assertThat(job.run(models, given(5, 0.2))).isEqualTo(result);
    }

    @Test
    void takesOfEachClusterTheMemberNearestToItsCentroid() {
        List<FleetModel> models = PlantedFleet.of(4, 30, 0.5, 11).models();
        RepresentativesResult result = job.run(models, given(6, 0.2));
        double[][] points = AttributeSpace.of(models, Map.of()).points();
        Map<Integer, List<Integer>> members = IntStream.range(0, models.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> result.assignments().get(i).cluster()));
        assertThat(members).hasSize(6);
        members.forEach((cluster, indices) -> {
            double[] centroid = mean(points, indices);
            for (int i : indices) {
                assertThat(result.assignments().get(i).distance())
                        .isCloseTo(distance(points[i], centroid), within(1e-9));
            }
            List<Assignment> chosen = indices.stream()
                    .map(result.assignments()::get)
                    .filter(Assignment::isRepresentative)
                    .toList();
            assertThat(chosen).hasSize(1);
            double nearest = indices.stream()
                    .mapToDouble(i -> distance(points[i], centroid))
                    .min()
                    .orElseThrow();
            assertThat(chosen.get(0).distance()).isLessThanOrEqualTo(nearest + 1e-9);
        });
    }

    @Test
    void aFleetHasNotMovedWhereOnlyTheNumberOfRepresentativesIsAnother() {
        List<FleetModel> models = PlantedFleet.of(6, 60, 0.05, 5).models();
        List<String> before = representatives(job.run(models, given(3, 0)));
        assertThat(job.moveFrom(before, models, given(6, 0)).ratio()).isEqualTo(1);
        assertThat(job.moveFrom(before, models.subList(0, 2), given(2, 0)).gone())
                .isNotEmpty();
    }

    /** Both models of a pair are as far from their mean, whatever rounding says. */
    @ParameterizedTest
    @CsvSource({"1.0e8, 1.7e8", "1.7e8, 1.0e8", "3.1e8, 2.3e8", "2.3e8, 3.1e8"})
    void ofModelsAsNearTheOneWithTheSmallestIdIsTaken(double flopsOfA, double flopsOfB) {
        List<FleetModel> models = List.of(
                model("a", RankingStage.values()[0], flopsOfA, "cpu", "ctr", "feed", "full"),
                model("b", RankingStage.values()[0], flopsOfB, "cpu", "ctr", "feed", "full"),
                model("c", RankingStage.values()[1], flopsOfA * 1.01, "gpu", "cvr", "search", "full"),
                model("d", RankingStage.values()[1], flopsOfB * 1.01, "gpu", "cvr", "search", "full"));
        assertThat(representatives(job.run(models, given(2, 0)))).containsExactly("a", "c");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.2, 2", "1, 7", "0.01, 1"})
    void holdsOutAShareOfEveryClusterButNoRepresentative(double share, int perCluster) {
        List<FleetModel> models = PlantedFleet.of(4, 32, 0.05, 5).models();
        RepresentativesResult result = job.run(models, given(4, share));
        Map<Integer, Integer> heldOut = new HashMap<>();
        result.assignments().forEach(model -> {
            assertThat(model.isHoldout() && model.isRepresentative()).isFalse();
            heldOut.merge(model.cluster(), model.isHoldout() ? 1 : 0, Integer::sum);
        });
        assertThat(heldOut).hasSize(4).allSatisfy((cluster, count) -> assertThat(count)
                .isEqualTo(perCluster));
    }

    @Test
    void aShareThatIsAWholeNumberOfModelsIsNotRoundedUp() {
        // 0.07 * 100 is 7.000000000000001.
        RepresentativesResult result = job.run(PlantedFleet.of(1, 101, 0.1, 5).models(), given(1, 0.07));
        assertThat(result.assignments().stream().filter(Assignment::isHoldout)).hasSize(7);
    }

    @Test
    void refusesMoreClustersThanModels() {
        List<FleetModel> models = PlantedFleet.of(2, 4, 0.1, 5).models();
        assertThatThrownBy(() -> job.run(models, given(5, 0.2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("representatives.k is 5; allowed: at most 4, the number of eligible models");
        assertThatThrownBy(() -> job.run(models, byElbow(5, 9, 0.2, 1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("representatives.k-min is 5; allowed: at most 4, the number of eligible models");
    }

    @Test
    void makesNoMoreClustersThanThereAreDifferentModels() {
        RepresentativesResult result = job.run(PlantedFleet.of(3, 6, 0, 5).models(), given(5, 0.2));
        assertThat(representatives(result)).hasSize(3);
        assertThat(result.coverage().max()).isZero();
        assertThat(result.warnings()).contains("k-means found 3 clusters of the 5 asked for");
    }

    @Test
    void groupsOfEqualModelsAreTheClusters() {
        RepresentativesResult result = job.run(PlantedFleet.of(4, 12, 0, 5).models(), byElbow(2, 8, 0.2, 1));
        assertThat(representatives(result)).hasSize(4);
        assertThat(result.elbow().stream().map(ElbowPoint::k)).containsExactly(1, 2, 3, 4);
        assertThat(result.elbow().stream().filter(ElbowPoint::isElbow))
                .singleElement()
                .satisfies(point -> assertThat(point.wssse()).isLessThan(1e-20));
    }

    @Test
    void theElbowIsSoughtBetweenOneMoreKAtEitherEnd() {
        RepresentativesResult result = job.run(PlantedFleet.of(4, 40, 0.05, 1).models(), byElbow(4, 6, 0.2, 1));
        assertThat(result.elbow().stream().map(ElbowPoint::k)).containsExactly(3, 4, 5, 6, 7);
        assertThat(representatives(result)).hasSize(4);
    }

    @Test
    void oneModelRepresentsItself() {
        RepresentativesResult result = job.run(PlantedFleet.of(1, 1, 0, 5).models(), byElbow(2, 24, 0.2, 1));
        assertThat(result.assignments()).containsExactly(new Assignment("model-0000", 0, 0, true, false, 0, 0));
        assertThat(result.elbow()).singleElement().satisfies(point -> {
            assertThat(point.k()).isEqualTo(1);
            assertThat(point.isElbow()).isTrue();
            assertThat(point.silhouette()).isEmpty();
        });
    }

    @Test
    void identicalModelsAreOneCluster() {
        RepresentativesResult result = job.run(PlantedFleet.of(1, 5, 0, 5).models(), byElbow(2, 24, 0.2, 1));
        assertThat(representatives(result)).containsExactly("model-0000");
        assertThat(result.warnings())
                .containsExactly("the 5 models don't differ in any attribute that has a weight: one cluster");
    }

    @Test
    void twoModelsThatDifferAreTwoClusters() {
        List<FleetModel> models = PlantedFleet.of(2, 2, 0, 5).models();
        assertThat(representatives(job.run(models, byElbow(2, 24, 0.2, 1)))).hasSize(2);
    }

    private static RepresentativesConfiguration given(int k, double holdoutShare) {
        return new RepresentativesConfiguration("true", OptionalInt.of(k), 2, 24, 3, holdoutShare, Map.of(), 1);
    }

    private static RepresentativesConfiguration byElbow(int kMin, int kMax, double holdoutShare, long seed) {
        return new RepresentativesConfiguration(
                "true", OptionalInt.empty(), kMin, kMax, 3, holdoutShare, Map.of(), seed);
    }

    private static List<String> representatives(RepresentativesResult result) {
        return result.assignments().stream()
                .filter(Assignment::isRepresentative)
                .map(Assignment::modelId)
                .toList();
    }

    private static double[] mean(double[][] points, List<Integer> indices) {
        double[] mean = new double[points[0].length];
        for (int i : indices) {
            for (int j = 0; j < mean.length; j++) {
                mean[j] += points[i][j] / indices.size();
            }
        }
        return mean;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(IntStream.range(0, a.length)
                .mapToDouble(j -> (a[j] - b[j]) * (a[j] - b[j]))
                .sum());
    }
}
