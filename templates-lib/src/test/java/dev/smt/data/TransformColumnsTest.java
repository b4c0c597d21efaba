package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.feature.Transform;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TransformColumnsTest {
    private static final Feature USER = new Feature("user", FeatureType.ID, FeatureSide.USER, new IdColumn(3));
    private static final Feature AD = new Feature("ad", FeatureType.ID, FeatureSide.ITEM, new IdColumn(4));
    private static final Feature CLICKS =
            new Feature("clicks", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn(2, 4, false));
    private static final Feature VIEWS =
            new Feature("views", FeatureType.NUMERIC, FeatureSide.ITEM, new NumericColumn(10, 10, false));

    /** Clicks 2, 6, 10, 2; views 20, 20, 0, 10. */
    private final EncodedExamples rows = EncodedExamples.builder(4)
            .ids(USER, new int[] {0, 1, 2, 2})
            .ids(AD, new int[] {0, 3, 0, 1})
            .numeric(CLICKS, new float[] {0, 1, 2, 0})
            .numeric(VIEWS, new float[] {1, 1, -1, 0})
            .build();

    @Test
    void aCrossNumbersThePairsWhereThereIsRoomForAll() {
        EncodedExamples all = with("cross(user, ad, 100)");

        assertThat(all.ids("cross(user, ad, 100)")).containsExactly(0, 4 + 3, 8, 8 + 1);
        Feature cross = all.features().get(4);
        assertThat(cross.column()).isEqualTo(new IdColumn(12));
        assertThat(cross.type()).isEqualTo(FeatureType.TRANSFORM);
        assertThat(cross.side()).isEqualTo(FeatureSide.CONTEXT);
    }

    @Test
    void aCrossHashesPairsWhereThereIsNot() {
        Feature many = new Feature("many", FeatureType.ID, FeatureSide.USER, new IdColumn(100_000));
        int[] ids = IntStream.range(0, 10_000).map(row -> row * 7).toArray();
        EncodedExamples examples =
                EncodedExamples.builder(10_000).ids(many, ids).build();
        String text = "cross(many, many, 50)";
        EncodedExamples all = TransformColumns.with(List.of(Transform.parse(text)), FittedState.NONE, examples);

        int[] counts = new int[51];
        for (int id : all.ids(text)) {
            counts[id]++;
        }
        assertThat(counts[0]).isEqualTo(1);
        for (int id = 1; id <= 50; id++) {
            assertThat(counts[id]).isBetween(140, 260);
        }
    }

    @Test
    void aBucketIsTheBinBetweenTheQuantilesOfTheTrainingRows() {
        float[] numbers = new float[100];
        for (int row = 0; row < 100; row++) {
            numbers[row] = 99 - row;
        }
        EncodedExamples train =
                EncodedExamples.builder(100).numeric(CLICKS, numbers).build();
        List<Transform> transforms = List.of(new Transform.Bucket("clicks", 4));
        FittedState fitted = TransformColumns.fit(transforms, train);
        EncodedExamples others = EncodedExamples.builder(5)
                .numeric(CLICKS, new float[] {-50, 24, 25, 70, 1000})
                .build();

        assertThat(fitted.numbers("bucket(clicks, 4)")).containsExactly(0, 24, 49, 74, 99);
        assertThat(TransformColumns.with(transforms, fitted, others).ids("bucket(clicks, 4)"))
                .containsExactly(1, 2, 2, 3, 4);
    }

    @Test
    void aRatioIsOfRawNumbersAndMissingWhereTheDenominatorIsZero() {
        EncodedExamples all = with("ratio(clicks, views)");

        // 0.1, 0.3, none, 0.2: mean 0.2, deviation 0.0816.
        float[] ratio = all.numeric("ratio(clicks, views)");
        double deviation = Math.sqrt(0.02 / 3);
        assertThat((double) ratio[0]).isCloseTo(-0.1 / deviation, within(1e-5));
        assertThat((double) ratio[1]).isCloseTo(0.1 / deviation, within(1e-5));
        assertThat(ratio[2]).isZero();
        assertThat((double) ratio[3]).isCloseTo(0, within(1e-5));
    }

    @Test
    void aColumnThatIsThereStaysAsItIs() {
        EncodedExamples all = with("cross(user, ad, 100)");
        EncodedExamples permuted = all.withPermuted("cross(user, ad, 100)", new int[] {3, 2, 1, 0});

        EncodedExamples again =
                TransformColumns.with(List.of(new Transform.Cross("user", "ad", 100)), FittedState.NONE, permuted);

        assertThat(again.ids("cross(user, ad, 100)")).containsExactly(9, 8, 7, 0);
    }

    @Test
    void saysWhatIsMissing() {
        Transform transform = new Transform.Cross("user", "shop", 9);

        assertThatThrownBy(() -> TransformColumns.with(List.of(transform), FittedState.NONE, rows))
                .hasMessage("transform cross(user, shop, 9) needs the features [user, shop]; there are"
                        + " [user, ad, clicks, views]");
        assertThatThrownBy(() ->
                        TransformColumns.with(List.of(new Transform.Ratio("clicks", "views")), FittedState.NONE, rows))
                .hasMessageStartingWith("the fitted state has no ratio(clicks, views)");
        assertThatThrownBy(() -> Transform.parse("cross(a, b)"))
                .hasMessage("transform is \"cross(a, b)\"; allowed: " + Transform.FORMS);
        assertThatThrownBy(() -> Transform.parse("bucket(a, x)"))
                .hasMessage("transform is \"bucket(a, x)\", its buckets x; allowed: a whole number of 1 to 9 digits");
    }

    @Test
    void quantilesOfManyEqualValuesAreFewer() {
        assertThat(Quantiles.edges(new float[] {1, 1, 1, 1, 1, 1, 1, 2}, 4)).containsExactly(1, 2);
        assertThat(Quantiles.edges(new float[] {3, 3}, 4)).containsExactly(3);
        assertThat(Quantiles.edges(new float[0], 4)).containsExactly(0);
        assertThat(Quantiles.bin(new double[] {3}, 5)).isZero();
        assertThat(Quantiles.bin(new double[] {1, 2}, 5)).isZero();
    }

    private EncodedExamples with(String text) {
        List<Transform> transforms = List.of(Transform.parse(text));
        return TransformColumns.with(transforms, TransformColumns.fit(transforms, rows), rows);
    }
}
