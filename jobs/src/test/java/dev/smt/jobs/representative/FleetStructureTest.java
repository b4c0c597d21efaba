package dev.smt.jobs.representative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.RankingStage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetStructureTest {

    /** The values are those of scikit-learn's adjusted_rand_score; the first three are its documentation's examples. */
    @ParameterizedTest
    @CsvSource({
        "0011, 0011, 1",
        "0011, 1100, 1",
        "0012, 0011, 0.5714285714285714",
        "0011, 0101, -0.5",
        "000111222, 001112220, 0.1111111111111111",
        "0000, 0000, 1",
        "0, 0, 1",
    })
    void agreementIsTheAdjustedRandIndex(String one, String other, double expected) {
        double index = ClusterAgreement.adjustedRand(clustering(one), clustering(other), one.length());
        assertThat(index).isCloseTo(expected, within(1e-12));
    }

    @Test
    void clustersFollowTheAttributeThatTheyWereMadeBy() {
        List<FleetModel> fleet = fleet("feed", "feed", "search", "search");
        AttributeSpace space = AttributeSpace.of(fleet, Map.of());
        Clustering bySurface = clustering(space, "0011");
        Clustering byFlops = clustering(space, "0101");

        FleetStructure made = FleetStructure.of(space, bySurface, List.of(bySurface, byFlops));
        assertThat(made.explained().get(Attribute.SURFACE)).isCloseTo(1, within(1e-12));
        assertThat(made.explained().get(Attribute.FLOPS)).isCloseTo(0, within(1e-12));
        assertThat(made.explained().get(Attribute.EVENT)).isZero();
        assertThat(made.drive().get(Attribute.SURFACE)).isCloseTo(1, within(1e-12));
        assertThat(made.stability()).isCloseTo((1 - 0.5) / 2, within(1e-12));
        assertThat(made.leastStability()).isCloseTo(-0.5, within(1e-12));
        assertThat(FleetStructure.of(space, byFlops, List.of()).drive().get(Attribute.FLOPS))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void aFleetThatStaysWhereItWasRaisesNoAlarm() {
        AttributeSpace space = AttributeSpace.of(fleet("feed", "feed", "search", "search"), Map.of());
        FleetMove move = FleetMove.of(space, List.of("m0", "m2"), List.of("m0", "m2"));
        assertThat(move).isEqualTo(new FleetMove(2, List.of(), 1));
        assertThat(move.alarm()).isEmpty();
    }

    @Test
    void modelsFarFromTheOldRepresentativesRaiseTheAlarm() {
        AttributeSpace space = AttributeSpace.of(fleet("feed", "feed", "search", "search"), Map.of());
        FleetMove move = FleetMove.of(space, List.of("m0"), List.of("m0", "m2"));
        assertThat(move.ratio()).isGreaterThan(1.5);
        assertThat(move.alarm().orElseThrow())
                .matches(
                        "the fleet has moved: its models are \\d\\.\\d x as far from the last run's representatives as from"
                                + " as many new ones; what was accepted on those may not hold: .*");
    }

    @Test
    void representativesThatAreGoneRaiseTheAlarm() {
        AttributeSpace space = AttributeSpace.of(fleet("feed", "feed", "search", "search"), Map.of());
        assertThat(FleetMove.of(space, List.of("m0", "m2", "x"), List.of("m0", "m2"))
                        .alarm()
                        .orElseThrow())
                .contains(", and 1 of 3 are gone;");
        assertThat(FleetMove.of(space, List.of("x", "y"), List.of("m0")).alarm().orElseThrow())
                .startsWith("the fleet has moved: none of the 2 representatives of the last run is left;");
    }

    private static List<FleetModel> fleet(String... surfaces) {
        return IntStream.range(0, surfaces.length)
                .mapToObj(i -> PlantedFleet.model(
                        "m" + i, RankingStage.RANKING, i % 2 == 0 ? 1e6 : 2e6, "cpu", "ctr", surfaces[i], "full"))
                .toList();
    }

    /** Clusters by digit, of points on a line. */
    private static Clustering clustering(String digits) {
        double[][] points =
                digits.chars().mapToObj(digit -> new double[] {digit - '0'}).toArray(double[][]::new);
        return Clustering.around(Arrays.stream(points).distinct().toArray(double[][]::new), points);
    }

    private static Clustering clustering(AttributeSpace space, String digits) {
        double[][] centres = digits.chars()
                .distinct()
                .sorted()
                .mapToObj(digit -> {
                    int[] members = IntStream.range(0, digits.length())
                            .filter(i -> digits.charAt(i) == digit)
                            .toArray();
                    double[] mean = new double[space.points()[0].length];
                    for (int member : members) {
                        for (int j = 0; j < mean.length; j++) {
                            mean[j] += space.points()[member][j] / members.length;
                        }
                    }
                    return mean;
                })
                .toArray(double[][]::new);
        return Clustering.around(centres, space.points());
    }
}
