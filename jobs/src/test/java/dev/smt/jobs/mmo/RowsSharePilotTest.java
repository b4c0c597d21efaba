package dev.smt.jobs.mmo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.jobs.table.RowsShareRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RowsSharePilotTest {
    private final List<Double> looked = new ArrayList<>();

    @Test
    void takesTheSmallestShareThatIsEnoughAndLooksNoFurther() {
        List<RowsShareRow> tried = RowsSharePilot.upToTheFirstEnough(share -> look(share, share >= 0.125));

        assertThat(looked).containsExactly(0.0625, 0.125);
        assertThat(tried).extracting(RowsShareRow::chosen).containsExactly(false, true);
        assertThat(RowsSharePilot.chosen(tried)).isEqualTo(0.125);
    }

    @Test
    void takesAllRowsWhereNoShareIsEnough() {
        List<RowsShareRow> tried = RowsSharePilot.upToTheFirstEnough(share -> look(share, false));

        assertThat(looked).containsExactly(0.0625, 0.125, 0.25);
        assertThat(RowsSharePilot.chosen(tried)).isEqualTo(1);
    }

    @Test
    void aShareThatShowsNothingIsNotTaken() {
        List<RowsShareRow> tried =
                RowsSharePilot.upToTheFirstEnough(share -> share < 0.25 ? Optional.empty() : look(share, true));

        assertThat(tried).extracting(RowsShareRow::share).containsExactly(0.25);
        assertThat(RowsSharePilot.chosen(List.of())).isEqualTo(1);
    }

    private Optional<RowsShareRow> look(double share, boolean enough) {
        looked.add(share);
        return Optional.of(new RowsShareRow("run", "inputs", share, 1000, 6, 3, 48, 0.5, 0.4, enough));
    }
}
