package dev.smt.jobs.representative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.jobs.representative.RepresentativesResult.Coverage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The parts of the representatives' choice that need no Spark, by numbers that were worked out by hand. */
class ClusteringTest {
    private static final double[][] LINE = {{0}, {1}, {10}};

    @Test
    void numbersClustersByTheirFirstPointAndDropsEmptyOnes() {
        Clustering clustering = Clustering.around(new double[][] {{10}, {99}, {0}}, LINE);
        assertThat(clustering.size()).isEqualTo(2);
        assertThat(new int[] {clustering.clusterOf(0), clustering.clusterOf(1), clustering.clusterOf(2)})
                .containsExactly(0, 0, 1);
    }

    @Test
    void distancesAreToTheMeanOfTheMembers() {
        Clustering clustering = Clustering.around(new double[][] {{0}, {10}}, LINE);
        assertThat(clustering.squaredDistance(1)).isEqualTo(0.25);
        assertThat(clustering.wssse()).isEqualTo(0.5);
    }

    @Test
    void silhouetteIsTheMeanOverThePoints() {
        // Point 0: own 1, other 100; point 1: own 1, other 81; point 10 is alone: 0.
        assertThat(Clustering.around(new double[][] {{0}, {10}}, LINE)
                        .silhouette()
                        .orElseThrow())
                .isCloseTo((99.0 / 100 + 80.0 / 81) / 3, within(1e-12));
        assertThat(Clustering.around(new double[][] {{5}}, LINE).silhouette()).isEmpty();
    }

    @Test
    void theElbowIsWhereTheLogarithmOfTheCurveBends() {
        assertThat(Elbow.of(new double[] {100, 60, 1, 0.9, 0.8})).isEqualTo(2);
        // The curve itself bends most at the second point.
        assertThat(Elbow.of(new double[] {100, 40, 20, 10, 0.1, 0.09, 0.08})).isEqualTo(4);
        // From 0 on there is nothing left to explain.
        assertThat(Elbow.of(new double[] {100, 50, 25, 0, 0, 0})).isEqualTo(3);
    }

    @Test
    void aCurveWithoutABendHasItsElbowAtTheFirstPoint() {
        assertThat(Elbow.of(new double[] {5})).isZero();
        assertThat(Elbow.of(new double[] {5, 4})).isZero();
        assertThat(Elbow.of(new double[] {0, 0, 0})).isZero();
        assertThat(Elbow.of(new double[] {3, 2, 1})).isZero();
    }

    @Test
    void principalCoordinatesAreAlongTheLargestVariances() {
        double[][] plane = PrincipalPlane.of(new double[][] {{0, 3}, {0, -3}, {1, 0}, {-1, 0}});
        assertThat(plane[0]).containsExactly(new double[] {3, 0}, within(1e-12));
        assertThat(plane[2]).containsExactly(new double[] {0, 1}, within(1e-12));
        assertThat(plane[3]).containsExactly(new double[] {0, -1}, within(1e-12));
    }

    @Test
    void principalCoordinatesOfPointsOnALineAreTheirPositionsOnIt() {
        double[][] plane = PrincipalPlane.of(new double[][] {{-3, -4, 0}, {0, 0, 0}, {3, 4, 0}});
        assertThat(plane[0]).containsExactly(new double[] {-5, 0}, within(1e-12));
        assertThat(plane[2]).containsExactly(new double[] {5, 0}, within(1e-12));
        assertThat(PrincipalPlane.of(new double[][] {{}, {}})[1]).containsExactly(0, 0);
    }

    @Test
    void theSignOfAPrincipalAxisDoesNotDependOnTheSignOfTheData() {
        double[][] points = {{2, 1}, {-1, -1}, {-1, 0}};
        double[][] mirrored =
                Arrays.stream(points).map(p -> new double[] {-p[0], -p[1]}).toArray(double[][]::new);
        double[][] plane = PrincipalPlane.of(points);
        double[][] ofMirrored = PrincipalPlane.of(mirrored);
        assertThat(plane[0][0]).isPositive();
        assertThat(ofMirrored[0][0]).isCloseTo(-plane[0][0], within(1e-12));
    }

    @Test
    void coverageIsTheDistanceToTheNearestRepresentative() {
        Coverage coverage = CoverageOfFleet.of(LINE, new int[] {0, 2}, 1);
        assertThat(coverage.mean()).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(coverage.max()).isEqualTo(1);
        // Of the three pairs, {0, 2} and {1, 2} are as good, and {0, 1} is worse.
        assertThat(coverage.betterThanRandom()).isBetween(0.28, 0.39);
    }

    @Test
    void seedingTakesEveryDistinctPointBeforeOneIsTakenTwice() {
        double[][] points = {{0, 0}, {0, 0}, {5, 5}, {5, 5}, {5, 6}, {1, 0}};
        double[][] centres = KMeansSeeding.best(points, 4, 2, 3).centres();
        assertThat(Arrays.stream(centres).map(c -> List.of(c[0], c[1])))
                .containsExactlyInAnyOrder(List.of(0.0, 0.0), List.of(5.0, 5.0), List.of(5.0, 6.0), List.of(1.0, 0.0));
        assertThat(KMeansSeeding.best(points, 4, 2, 3).wssse()).isZero();
    }

    @Test
    void moreSeedingsAreNeverWorse() {
        double[][] points = AttributeSpace.of(PlantedFleet.of(8, 60, 0.5, 4).models(), Map.of())
                .points();
        for (int k = 2; k < 9; k++) {
            assertThat(KMeansSeeding.best(points, k, 8, 5).wssse())
                    .isLessThanOrEqualTo(KMeansSeeding.best(points, k, 1, 5).wssse());
        }
    }
}
