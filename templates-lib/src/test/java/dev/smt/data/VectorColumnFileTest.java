package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.NumericColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** Pretrained vectors, and what numbers were made of, in files of encoded examples. */
class VectorColumnFileTest {
    private static final Feature IMAGE =
            new Feature("image", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(2));
    private static final Feature AGE =
            new Feature("age", FeatureType.NUMERIC, FeatureSide.USER, new NumericColumn(41.5, 12.25, true));

    @Test
    void readsVectorsAndWhatNumbersWereMadeOf() throws IOException {
        EncodedExamples read = EncodedExamplesFile.read(new ByteArrayInputStream(bytes(examples())));

        assertThat(read.features()).containsExactly(IMAGE, AGE);
        assertThat(read.vectors("image")).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(read.numeric("age")).containsExactly(-1, 0, 1);
        assertThat(((NumericColumn) read.features().get(1).column()).raw(1)).isEqualTo(Math.expm1(53.75));
    }

    @Test
    void saysWhichNumberOfWhichVectorIsWrong() {
        assertThatThrownBy(() -> EncodedExamples.builder(2).vectors(IMAGE, new float[] {1, 2, 3, Float.NaN}))
                .hasMessage("column image, row 1, place 1 is NaN; allowed: a finite number");
        assertThatThrownBy(() -> EncodedExamples.builder(2).vectors(IMAGE, new float[3]))
                .hasMessage("column image has 3 entries; expected 4");
        assertThatThrownBy(() -> new VectorColumn(0)).hasMessage("vector width is 0; allowed: 1 or more");
    }

    @Test
    void permutesWholeVectors() {
        EncodedExamples permuted = examples().withPermuted("image", new int[] {2, 0, 1});

        assertThat(permuted.vectors("image")).containsExactly(5, 6, 1, 2, 3, 4);
    }

    private static EncodedExamples examples() {
        return EncodedExamples.builder(3)
                .vectors(IMAGE, new float[] {1, 2, 3, 4, 5, 6})
                .numeric(AGE, new float[] {-1, 0, 1})
                .build();
    }

    private static byte[] bytes(EncodedExamples examples) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        EncodedExamplesFile.write(examples, out);
        return out.toByteArray();
    }
}
