package dev.smt.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopKTest {
    private static final List<FeatureImportance> RANKING = List.of(
            importance("age", FeatureType.NUMERIC, 0.3),
            importance("price", FeatureType.NUMERIC, 0.9),
            importance("hour", FeatureType.NUMERIC, 0.3),
            importance("ad", FeatureType.ID, 0.1),
            importance("user", FeatureType.ID, -0.2));

    @Test
    void takesTheMostImportantOfEachTypeAndBreaksTiesByName() {
        FeatureSelection selection = TopK.select(RANKING, Map.of(FeatureType.NUMERIC, 2, FeatureType.ID, 1));

        assertThat(selection.of(FeatureType.NUMERIC)).containsExactly("price", "age");
        assertThat(selection.of(FeatureType.ID)).containsExactly("ad");
        assertThat(selection.of(FeatureType.EVENT)).isEmpty();
        assertThat(selection.names()).containsExactly("price", "age", "ad");
        assertThat(selection.warnings()).isEmpty();
    }

    @Test
    void takesAllAndWarnsWhereKIsAboveTheNumberOfFeatures() {
        FeatureSelection selection = TopK.select(RANKING, Map.of(FeatureType.ID, 3, FeatureType.TRANSFORM, 1));

        assertThat(selection.of(FeatureType.ID)).containsExactly("ad", "user");
        assertThat(selection.warnings())
                .containsExactly(
                        "top-K of id is 3, and 2 features of this type are ranked: all are selected",
                        "top-K of transform is 1, and 0 features of this type are ranked: all are selected");
    }

    @Test
    void doesNotDependOnTheOrderOfTheInput() {
        Random random = new Random(7);
        Map<FeatureType, Integer> k = Map.of(FeatureType.NUMERIC, 2, FeatureType.ID, 2);
        FeatureSelection expected = TopK.select(RANKING, k);
        for (int repeat = 0; repeat < 20; repeat++) {
            List<FeatureImportance> shuffled = new ArrayList<>(RANKING);
            Collections.shuffle(shuffled, random);
            assertThat(TopK.select(shuffled, k)).isEqualTo(expected);
        }
    }

    @Test
    void changingTheKOfOneTypeLeavesTheOtherListsAlone() {
        List<FeatureImportance> ranking = new ArrayList<>();
        Random random = new Random(11);
        EnumMap<FeatureType, Integer> k = new EnumMap<>(FeatureType.class);
        for (FeatureType type : FeatureType.values()) {
            k.put(type, 3);
            for (int i = 0; i < 6; i++) {
                ranking.add(importance(type.label() + i, type, random.nextInt(4)));
            }
        }
        FeatureSelection before = TopK.select(ranking, k);
        for (FeatureType changed : FeatureType.values()) {
            for (int value = 0; value < 8; value++) {
                EnumMap<FeatureType, Integer> other = new EnumMap<>(k);
                other.put(changed, value);
                FeatureSelection after = TopK.select(ranking, other);
                for (FeatureType type : FeatureType.values()) {
                    if (type != changed) {
                        assertThat(after.of(type)).isEqualTo(before.of(type));
                    }
                }
                assertThat(after.of(changed)).hasSize(Math.min(value, 6));
            }
        }
    }

    @Test
    void refusesWhatCanNotBeRanked() {
        List<FeatureImportance> bad = List.of(
                importance("a", FeatureType.ID, Double.NaN),
                importance("b", FeatureType.ID, 1),
                importance("b", FeatureType.ID, 2));

        assertThatThrownBy(() -> TopK.select(bad, Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the importance of feature a is not a number; feature b is ranked twice");
        assertThatThrownBy(() -> TopK.select(RANKING, Map.of(FeatureType.ID, -1)))
                .hasMessage("top-K of id is -1; allowed: 0 or more");
    }

    @Test
    void ranksAcrossTypesToo() {
        assertThat(FeatureRanking.of(RANKING))
                .extracting(FeatureImportance::feature)
                .containsExactly("price", "age", "hour", "ad", "user");
        assertThat(FeatureRanking.byType(RANKING).keySet()).containsExactly(FeatureType.NUMERIC, FeatureType.ID);
    }

    @Test
    void readsTheLabelsOfTypes() {
        for (FeatureType type : FeatureType.values()) {
            assertThat(FeatureType.ofLabel(type.label())).isEqualTo(type);
        }
        assertThatThrownBy(() -> FeatureType.ofLabel("number"))
                .hasMessage(
                        "feature type is \"number\";" + " allowed: numeric, id, embedding, transform, event, other");
    }

    private static FeatureImportance importance(String feature, FeatureType type, double importance) {
        return new FeatureImportance(feature, type, importance, 0.01);
    }
}
