package dev.smt.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FeatureGroupsTest {
    private static final int ROWS = 20_000;
    private static final List<Feature> FEATURES = List.of(
            number("price"),
            id("city"),
            number("cube of price"),
            number("age"),
            id("region"),
            id("code of city"),
            number("always one"),
            new Feature("seen", FeatureType.EVENT, FeatureSide.USER, new SequenceColumn(5, 2)));

    private final EncodedExamples rows = rows();

    @Test
    void whatSaysTheSameIsTogether() {
        assertThat(names(0.8))
                .containsExactly(
                        List.of("price", "cube of price"),
                        List.of("city", "code of city"),
                        List.of("age"),
                        List.of("region"),
                        List.of("always one"),
                        List.of("seen"));
    }

    @Test
    void independentFeaturesAreAloneAtAnyUsefulThreshold() {
        assertThat(FeatureGroups.of(rows, List.of(number("age"), number("price"), id("region")), 0.1))
                .hasSize(3);
    }

    @Test
    void everyTwoOfAGroupAreAssociated() {
        Random random = new Random(4);
        float[] one = new float[ROWS];
        float[] between = new float[ROWS];
        float[] other = new float[ROWS];
        for (int row = 0; row < ROWS; row++) {
            one[row] = (float) random.nextGaussian();
            other[row] = (float) random.nextGaussian();
            between[row] = one[row] + other[row];
        }
        EncodedExamples chain = EncodedExamples.builder(ROWS)
                .numeric(number("one"), one)
                .numeric(number("between"), between)
                .numeric(number("other"), other)
                .build();
        List<List<Feature>> groups =
                FeatureGroups.of(chain, List.of(number("one"), number("between"), number("other")), 0.5);
        assertThat(groups).hasSize(2).noneMatch(group -> group.size() == 3);
    }

    @Test
    void aThresholdOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> FeatureGroups.of(rows, FEATURES, 0)).hasMessageContaining("threshold is 0.0");
    }

    private List<List<String>> names(double threshold) {
        return FeatureGroups.of(rows, FEATURES, threshold).stream()
                .map(group -> group.stream().map(Feature::name).toList())
                .toList();
    }

    private static EncodedExamples rows() {
        Random random = new Random(1);
        float[] price = new float[ROWS];
        float[] cube = new float[ROWS];
        float[] age = new float[ROWS];
        float[] one = new float[ROWS];
        int[] city = new int[ROWS];
        int[] region = new int[ROWS];
        int[] code = new int[ROWS];
        for (int row = 0; row < ROWS; row++) {
            price[row] = (float) random.nextGaussian();
            cube[row] = price[row] * price[row] * price[row];
            age[row] = (float) random.nextGaussian();
            one[row] = 1;
            city[row] = random.nextInt(100);
            code[row] = (city[row] * 37 + 5) % 100;
            region[row] = random.nextInt(5);
        }
        return EncodedExamples.builder(ROWS)
                .numeric(FEATURES.get(0), price)
                .ids(FEATURES.get(1), city)
                .numeric(FEATURES.get(2), cube)
                .numeric(FEATURES.get(3), age)
                .ids(FEATURES.get(4), region)
                .ids(FEATURES.get(5), code)
                .numeric(FEATURES.get(6), one)
                .sequences(FEATURES.get(7), new int[ROWS + 1], new int[0])
                .build();
    }

    private static Feature number(String name) {
        return new Feature(name, FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn());
    }

    private static Feature id(String name) {
        return new Feature(name, FeatureType.ID, FeatureSide.USER, new IdColumn(100));
    }
}
