package dev.smt.jobs.representative;

import static dev.smt.jobs.representative.PlantedFleet.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.RankingStage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AttributeSpaceTest {
    private static final RankingStage FIRST = RankingStage.values()[0];
    private static final RankingStage LAST = RankingStage.values()[RankingStage.values().length - 1];

    @Test
    void everyAttributeHasTheSameShareOfTheVarianceWhateverItsNumberOfCategories() {
        Map<Attribute, Double> shares = AttributeSpace.of(
                        PlantedFleet.of(12, 60, 0.3, 1).models(), Map.of())
                .varianceShares();
        assertThat(shares).hasSize(6).allSatisfy((attribute, share) -> assertThat(share)
                .isCloseTo(1.0 / 6, within(1e-12)));
    }

    @Test
    void weightsAreSharesOfTheVariance() {
        Map<Attribute, Double> shares = AttributeSpace.of(
                        PlantedFleet.of(12, 60, 0.3, 1).models(), Map.of(Attribute.EVENT, 3.0, Attribute.SURFACE, 0.0))
                .varianceShares();
        assertThat(shares.get(Attribute.EVENT)).isCloseTo(3.0 / 7, within(1e-12));
        assertThat(shares.get(Attribute.FLOPS)).isCloseTo(1.0 / 7, within(1e-12));
        assertThat(shares.get(Attribute.SURFACE)).isZero();
    }

    @Test
    void coordinatesAreStandardized() {
        AttributeSpace space = AttributeSpace.of(
                List.of(
                        model("b", LAST, 1e8, "gpu", "ctr", "feed", "full"),
                        model("a", FIRST, 1e6, "cpu", "ctr", "feed", "full")),
                Map.of(Attribute.FLOPS, 4.0));
        assertThat(space.models().stream().map(FleetModel::id)).containsExactly("a", "b");
        // Stage and log10(FLOPs): two values, mean 0, variance 1 and 4. Hardware: two columns of variance 1/2 each.
        double half = Math.sqrt(0.5);
        assertThat(space.points()[0]).containsExactly(new double[] {-1, -2, half, -half}, within(1e-12));
        assertThat(space.points()[1]).containsExactly(new double[] {1, 2, -half, half}, within(1e-12));
    }

    @Test
    void anAttributeThatIsTheSameEverywhereContributesNothing() {
        // The mean of equal logarithms is not exactly one of them.
        List<FleetModel> models = List.of(
                model("a", FIRST, 3e7, "cpu", "ctr", "feed", "full"),
                model("b", LAST, 3e7, "cpu", "ctr", "feed", "full"),
                model("c", LAST, 3e7, "cpu", "ctr", "feed", "full"));
        AttributeSpace space = AttributeSpace.of(models, Map.of());
        assertThat(space.varianceShares().get(Attribute.RANKING_STAGE)).isEqualTo(1);
        assertThat(space.varianceShares().get(Attribute.FLOPS)).isZero();
        assertThat(space.points()[0]).hasSize(1);
        assertThat(space.warnings())
                .containsExactly("attribute ranking-stage makes 100 % of the models' variance and decides the clusters "
                        + "nearly alone; lower its weight, or see whether the other attributes are filled in");
    }

    @Test
    void countsModelsThatDifferInAnAttributeThatHasAWeight() {
        List<FleetModel> models = PlantedFleet.of(6, 30, 0, 2).models();
        assertThat(AttributeSpace.of(models, Map.of()).distinctPoints()).isEqualTo(6);
        Map<Attribute, Double> none = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            none.put(attribute, 0.0);
        }
        assertThat(AttributeSpace.of(models, none).distinctPoints()).isEqualTo(1);
    }

    @Test
    void refusesAnEmptyFleetAndModelsThatAreThereTwice() {
        FleetModel a = model("a", FIRST, 1e8, "gpu", "ctr", "feed", "full");
        assertThatThrownBy(() -> AttributeSpace.of(List.of(), Map.of())).hasMessageContaining("no model");
        assertThatThrownBy(() -> AttributeSpace.of(List.of(a, a), Map.of())).hasMessageContaining("[a]");
    }
}
