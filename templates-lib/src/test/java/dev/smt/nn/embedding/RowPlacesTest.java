package dev.smt.nn.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RowPlacesTest {
    private static final int ROWS = 100_000;

    @Test
    void rowsHavePlacesInTheOrderOfTheirFirstUse() {
        RowPlaces places = new RowPlaces(ROWS);
        int[] used = new Random(1).ints(0, ROWS).distinct().limit(5_000).toArray();
        for (int i = 0; i < used.length; i++) {
            assertThat(places.of(used[i])).isEqualTo(RowPlaces.NONE);
            assertThat(places.add(used[i])).isEqualTo(i);
        }
        assertThat(places.count()).isEqualTo(used.length);
        for (int i = 0; i < used.length; i++) {
            assertThat(places.of(used[i])).isEqualTo(i);
            assertThat(places.row(i)).isEqualTo(used[i]);
        }
    }

    @Test
    void aTableOfOneRowHasOnePlace() {
        RowPlaces places = new RowPlaces(1);
        assertThat(places.of(0)).isEqualTo(RowPlaces.NONE);
        assertThat(places.add(0)).isZero();
        assertThat(places.of(0)).isZero();
    }

    @Test
    void forgottenRowsGetNewPlaces() {
        RowPlaces places = new RowPlaces(ROWS);
        for (int row : new int[] {7, 99_999, 20_000}) {
            places.add(row);
        }
        places.truncate(1);
        assertThat(places.count()).isOne();
        assertThat(places.of(7)).isZero();
        assertThat(places.of(99_999)).isEqualTo(RowPlaces.NONE);
        assertThat(places.add(20_000)).isEqualTo(1);
        assertThat(places.row(1)).isEqualTo(20_000);
    }
}
