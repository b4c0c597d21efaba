package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import org.junit.jupiter.api.Test;

class EncodedExamplesTest {
    private static final Feature NUMBER = new Feature("x", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    private static final Feature ID = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(10));
    private static final Feature SEQUENCE =
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(10, 2));

    private final EncodedExamples examples = EncodedExamples.builder(3)
            .numeric(NUMBER, new float[] {1, 2, 3})
            .ids(ID, new int[] {4, 5, 6})
            .sequences(SEQUENCE, new int[] {0, 2, 2, 3}, new int[] {7, 8, 9})
            .build();

    @Test
    void permutesOneFeatureAndSharesTheOthers() {
        int[] order = {2, 0, 1};

        assertThat(examples.withPermuted("x", order).numeric("x")).containsExactly(3, 1, 2);
        assertThat(examples.withPermuted("x", order).ids("ad")).isSameAs(examples.ids("ad"));
        assertThat(examples.withPermuted("ad", order).ids("ad")).containsExactly(6, 4, 5);
        EncodedExamples.Sequences sequences =
                examples.withPermuted("seen", order).sequences("seen");
        assertThat(sequences.offsets()).containsExactly(0, 1, 3, 3);
        assertThat(sequences.values()).containsExactly(9, 7, 8);
        assertThat(examples.numeric("x")).containsExactly(1, 2, 3);
    }

    @Test
    void refusesWhatIsNoPermutation() {
        assertThatThrownBy(() -> examples.withPermuted("x", new int[] {0, 0, 1}))
                .hasMessageContaining("not a permutation of 3 rows: 3 entries, 2 different rows");
        assertThatThrownBy(() -> examples.withPermuted("y", new int[] {0, 1, 2}))
                .hasMessageContaining("no feature y; there are [x, ad, seen]");
    }

    @Test
    void refusesColumnsThatBreakTheirFeature() {
        EncodedExamplesBuilder builder = EncodedExamples.builder(1);

        assertThatThrownBy(() -> builder.ids(ID, new int[] {10}))
                .hasMessageContaining("column ad, entry 0 is 10; allowed: 0 to 9");
        assertThatThrownBy(() -> builder.numeric(NUMBER, new float[] {Float.NaN}))
                .hasMessageContaining("column x, row 0 is NaN");
        assertThatThrownBy(() -> builder.sequences(SEQUENCE, new int[] {0, 3}, new int[] {1, 2, 3}))
                .hasMessageContaining("column seen, row 0 has length 3; allowed: 0 to 2");
        assertThatThrownBy(() -> builder.sequences(SEQUENCE, new int[] {0, 1}, new int[] {1, 2}))
                .hasMessageContaining("offsets go from 0 to 1; expected 0 to 2");
        assertThatThrownBy(() -> builder.ids(ID, new int[] {1, 2})).hasMessageContaining("has 2 entries; expected 1");
    }
}
