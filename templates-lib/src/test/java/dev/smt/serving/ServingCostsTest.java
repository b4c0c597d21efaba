package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.Dot;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.embedding.EmbeddingFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All expected numbers are counted by hand, layer by layer; D = 2 throughout. */
class ServingCostsTest {
    private static final List<Feature> THREE_VECTORS = List.of(
            numeric("n1", FeatureSide.USER),
            numeric("n2", FeatureSide.USER),
            numeric("n3", FeatureSide.ITEM),
            id("user", FeatureSide.USER, 5),
            id("ad", FeatureSide.ITEM, 10));

    @Test
    void countsASingleTower() {
        // FLOPs: 2 ids 2, first order 6, numeric 3-4-2: 24 + 4 + 16, 9 products of 3 FLOPs 27, head 5-3-1: 30 + 3 + 6.
        // Parameters: rows 15 + 30, first order 3, numeric 16 + 10, head 18 + 4. Read: 2 rows of 3 numbers.
        assertThat(cost(single(0, new Dot()), THREE_VECTORS)).isEqualTo(new ServingCost(118, 96 * 4, 24));
    }

    @Test
    void countsFullCrossLayers() {
        // N = 6. Each layer: 72 + 12 FLOPs, 36 + 6 parameters; the head's first layer is 11-3: 36 and 18 more.
        assertThat(cost(single(0, new Dot(), new Cross(2, 0)), THREE_VECTORS))
                .isEqualTo(new ServingCost(118 + 168 + 36, (96 + 84 + 18) * 4, 24));
    }

    @Test
    void countsLowRankCrossLayers() {
        // The layer: 6-1-6 is 11 + 12, and 12 more; 6 + 6 + 6 parameters.
        assertThat(cost(single(0, new Dot(), new Cross(1, 1)), THREE_VECTORS))
                .isEqualTo(new ServingCost(118 + 35 + 36, (96 + 18 + 18) * 4, 24));
    }

    @Test
    void capsTheRowsOfTables() {
        // 7 rows at most: the ad's table loses 3 rows of width 3.
        assertThat(cost(single(7, new Dot()), THREE_VECTORS)).isEqualTo(new ServingCost(118, (96 - 9) * 4, 24));
        assertThat(cost(single(10, new Dot()), THREE_VECTORS)).isEqualTo(new ServingCost(118, 96 * 4, 24));
    }

    @Test
    void countsASequenceAtItsLongestAndPassesASingleVectorOn() {
        Feature history = new Feature("history", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(7, 10));
        Architecture linear = new Architecture(Paradigm.SPARSE_NN, 2, 0, List.of(), List.of(new Dot()), List.of());
        // 4 ids: 3 additions of width 3, one for the logit, head 2-1: 4. Parameters: 7 rows of 3, head 2 + 1.
        assertThat(ServingCosts.of(network(linear, 4, SequencePooling.SUM, history)))
                .isEqualTo(new ServingCost(9 + 1 + 4, 24 * 4, 4 * 12));
        assertThat(ServingCosts.of(network(linear, 4, SequencePooling.MEAN, history)))
                .isEqualTo(new ServingCost(9 + 3 + 1 + 4, 24 * 4, 4 * 12));
        assertThat(ServingCosts.of(network(linear, 20, SequencePooling.SUM, history)))
                .isEqualTo(new ServingCost(27 + 1 + 4, 24 * 4, 10 * 12));
    }

    @Test
    void countsTwoTowers() {
        Architecture architecture =
                new Architecture(Paradigm.DECOUPLED_SPARSE_NN, 2, 0, List.of(), List.of(new Dot()), List.of(3));
        // User: id 1, first order 2, numeric 1-2: 4, 4 products 12, head 3-3-2: 18 + 3 + 12. Item: id 1, head 2-3-2: 12
        // + 3
        // + 12.
        // The dot product and its bias: 4. Parameters: 12 + 1 + 4 + 12 + 8, 18 + 9 + 8, 1.
        ServingCost cost = ServingCosts.of(network(
                architecture,
                1,
                SequencePooling.SUM,
                id("user", FeatureSide.USER, 4),
                numeric("hour", FeatureSide.CONTEXT),
                id("ad", FeatureSide.ITEM, 6)));
        assertThat(cost).isEqualTo(new ServingCost(52 + 28 + 4, (37 + 35 + 1) * 4, 2 * 12));
    }

    @Test
    void countsTheBytesOfTheFormatThatRowsAreStoredIn() {
        NetworkSpecification network =
                network(single(0, new Dot()), 1, SequencePooling.SUM, THREE_VECTORS.toArray(Feature[]::new));
        // 15 rows of width 2 and 51 other parameters; two rows are read.
        assertThat(ServingCosts.of(network, ServingTemplate.DEFAULT.withRows(EmbeddingFormat.INT8, 0)))
                .isEqualTo(new ServingCost(118, 51 * 4 + 15 * 8, 2 * 8));
        // Of 5 rows 2 are pruned, of 10 rows 5; all have a number of 4 bytes.
        assertThat(ServingCosts.of(network, ServingTemplate.DEFAULT.withRows(EmbeddingFormat.FP16, 0.5)))
                .isEqualTo(new ServingCost(118, 51 * 4 + 8 * 6 + 15 * 4, 2 * (6 + 4)));
    }

    @Test
    void countsTheUserTowerAndTheDotProductWhereItemsAreCached() {
        Architecture architecture =
                new Architecture(Paradigm.DECOUPLED_SPARSE_NN, 2, 0, List.of(), List.of(new Dot()), List.of(3));
        NetworkSpecification network = network(
                architecture,
                1,
                SequencePooling.SUM,
                id("user", FeatureSide.USER, 4),
                numeric("hour", FeatureSide.CONTEXT),
                id("ad", FeatureSide.ITEM, 6));
        // The user tower as above: 51, dot product 3, the item's linear terms 1, the user's 1, bias 1.
        assertThat(ServingCosts.of(network, ServingTemplate.DEFAULT.withCachedItemTower(true)))
                .isEqualTo(new ServingCost(57, (37 + 1) * 4, 12 + 12));
        NetworkSpecification single =
                network(single(0, new Dot()), 1, SequencePooling.SUM, THREE_VECTORS.toArray(Feature[]::new));
        assertThatThrownBy(() -> ServingCosts.of(single, ServingTemplate.DEFAULT.withCachedItemTower(true)))
                .hasMessage("the item tower is to be cached, but the network has one tower only");
    }

    private static Architecture single(int buckets, Interaction... interactions) {
        return new Architecture(Paradigm.SPARSE_NN, 2, buckets, List.of(4), List.of(interactions), List.of(3));
    }

    private static ServingCost cost(Architecture architecture, List<Feature> features) {
        return ServingCosts.of(network(architecture, 1, SequencePooling.SUM, features.toArray(Feature[]::new)));
    }

    private static NetworkSpecification network(
            Architecture architecture, int maxLength, SequencePooling pooling, Feature... features) {
        return new NetworkSpecification(
                architecture, List.of(features), maxLength, pooling, List.of(OptimizationEvent.binary("click")));
    }

    private static Feature numeric(String name, FeatureSide side) {
        return new Feature(name, FeatureType.NUMERIC, side, new NumericColumn());
    }

    private static Feature id(String name, FeatureSide side, int cardinality) {
        return new Feature(name, FeatureType.ID, side, new IdColumn(cardinality));
    }
}
