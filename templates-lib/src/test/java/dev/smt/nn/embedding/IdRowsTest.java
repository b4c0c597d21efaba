package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.feature.FeatureType;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.Architecture;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.Representations;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdRowsTest {

    @Test
    void aSingleRowIsThatOfTheTable() {
        EmbeddingTable table = new EmbeddingTable(50, 2, 0.1f, 1);
        IdRows rows = IdRows.single(50);

        for (int id = 0; id < 1000; id++) {
            assertThat(rows.first(id)).isEqualTo(table.rowOf(id));
            assertThat(rows.second(id)).isEqualTo(IdRows.NONE);
        }
    }

    /** Tail ids on 199 rows: one hash gives them 199 different vectors, two give nearly each its own. */
    @Test
    void twoHashesTellMoreIdsApart() {
        IdRows rows = new IdRows(200, IdRepresentation.Kind.DOUBLE_HASHING, Optional.empty());
        Set<Integer> single = new HashSet<>();
        Set<List<Integer>> twice = new HashSet<>();
        for (int id = 200; id < 5200; id++) {
            assertThat(rows.first(id)).isBetween(1, 199);
            assertThat(rows.second(id)).isBetween(1, 199);
            single.add(rows.first(id));
            twice.add(List.of(rows.first(id), rows.second(id)));
        }
        assertThat(rows.second(199)).isEqualTo(IdRows.NONE);
        assertThat(single).hasSize(199);
        // 5,000 draws of 39,601 pairs: 4,698 different ones are expected.
        assertThat(twice).hasSizeBetween(4600, 4800);
    }

    @Test
    void rareIdsShareTheRowOfTheUnknown() {
        BitSet kept = new BitSet();
        kept.set(3);
        kept.set(300);
        IdRows rows = new IdRows(200, IdRepresentation.Kind.DOUBLE_HASHING, Optional.of(kept));

        assertThat(rows.first(3)).isEqualTo(3);
        assertThat(rows.first(4)).isZero();
        assertThat(rows.first(301)).isZero();
        assertThat(rows.second(301)).isEqualTo(IdRows.NONE);
        assertThat(rows.first(300)).isPositive();
        assertThat(rows.second(300)).isPositive();
    }

    /** D (m / n)^alpha: 32 (10 / 10)^0.5 = 32; 32 (10 / 160)^0.5 = 8; 32 (10 / 10^6)^0.5 = 0.1. */
    @Test
    void largerTablesAreNarrower() {
        Feature small = id("small", 10);
        Feature middle = id("middle", 160);
        Feature large = id("large", 1_000_000);
        TableSizes sizes = sizes(0.5, small, middle, large);

        assertThat(sizes.width(small)).isEqualTo(32);
        assertThat(sizes.width(middle)).isEqualTo(8);
        assertThat(sizes.width(large)).isEqualTo(1);
        assertThat(sizes(0, small, middle, large).width(large)).isEqualTo(32);
        assertThat(sizes(1, middle).width(middle)).isEqualTo(32);
    }

    private static TableSizes sizes(double temperature, Feature... features) {
        Architecture architecture = new Architecture(
                        Paradigm.SPARSE_NN, 32, 0, List.of(), List.of(new Interaction.Dot()), List.of())
                .withRepresentations(Representations.PLAIN.withId(
                        new IdRepresentation(IdRepresentation.Kind.SINGLE_ROW, 0, temperature)));
        return new TableSizes(new NetworkSpecification(
                architecture, List.of(features), 1, SequencePooling.SUM, List.of(OptimizationEvent.binary("click"))));
    }

    private static Feature id(String name, int cardinality) {
        return new Feature(name, FeatureType.ID, FeatureSide.USER, new IdColumn(cardinality));
    }
}
