package dev.smt.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowMajorColumnsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 4095, 4096, 4097, 10_000})
    void aRowHasTheValuesOfItsColumns(int rows) {
        Random random = new Random(rows);
        int[] a = random.ints(rows).toArray();
        int[] b = random.ints(rows).toArray();
        float[] x = new float[rows];
        float[] y = new float[rows];
        for (int row = 0; row < rows; row++) {
            x[row] = (float) random.nextGaussian();
            y[row] = row % 7 == 0 ? Float.NaN : -row;
        }
        RowMajorColumns ids = RowMajorColumns.ofIds(List.of(a, b));
        RowMajorColumns numbers = RowMajorColumns.ofNumbers(List.of(x, y));
        assertThat(ids.width()).isEqualTo(2);
        float[] values = new float[3];
        for (int row = 0; row < rows; row++) {
            assertThat(ids.id(row, 0)).isEqualTo(a[row]);
            assertThat(ids.id(row, 1)).isEqualTo(b[row]);
            numbers.numbers(row, values, 1);
            assertThat(values).containsExactly(0, x[row], y[row]);
        }
    }

    @Test
    void columnsOfDifferentLengthsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowMajorColumns.ofIds(List.of(new int[2], new int[3])))
                .withMessage("the columns have [2, 3] rows; expected the same");
    }
}
