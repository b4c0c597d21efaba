package dev.smt.jobs.iteration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.table.ModelIterationRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanaryTest {
    private static final List<FleetModel> FLEET =
            IntStream.range(0, 21).mapToObj(i -> model("m" + i)).toList();

    @Test
    void theFirstAreAShareOfTheFleetRoundedUp() {
        assertThat(new Canary(0.1, 0.2).of(FLEET))
                .hasSize(3)
                .doesNotHaveDuplicates()
                .isSubsetOf(FLEET);
        assertThat(new Canary(0, 0.2).of(FLEET)).isEmpty();
    }

    @Test
    void theyAreTheSameHoweverTheFleetIsOrdered() {
        List<FleetModel> shuffled = new ArrayList<>(FLEET);
        Collections.shuffle(shuffled, new Random(3));
        assertThat(new Canary(0.3, 0.2).of(shuffled)).isEqualTo(new Canary(0.3, 0.2).of(FLEET));
        assertThat(new Canary(0.5, 0.2).of(FLEET))
                .startsWith(new Canary(0.3, 0.2).of(FLEET).toArray(FleetModel[]::new));
    }

    @Test
    void moreThanTheShareOfResistingModelsStopsTheRollOut() {
        Canary canary = new Canary(0.1, 0.5);
        assertThat(canary.stop(rows("SHIPPED", "RESISTED"))).isEmpty();
        assertThat(canary.stop(rows("KEPT_BASELINE", "RESISTED", "RESISTED")))
                .contains("the roll-out stopped: 2 of 3 canary models resisted; iterate.canary-resist-share is 0.5");
        assertThat(new Canary(0.1, 0).stop(rows("SHIPPED", "RESISTED"))).isPresent();
        assertThat(new Canary(0, 0).stop(List.of())).isEmpty();
    }

    private static List<ModelIterationRow> rows(String... outcomes) {
        return IntStream.range(0, outcomes.length)
                .mapToObj(i -> row("m" + i, outcomes[i]))
                .toList();
    }

    private static ModelIterationRow row(String model, String outcome) {
        OptionalDouble none = OptionalDouble.empty();
        return new ModelIterationRow(
                "r",
                1,
                model,
                "t",
                2,
                none,
                none,
                none,
                none,
                none,
                outcome,
                "",
                none,
                Optional.empty(),
                OptionalInt.empty(),
                none,
                none);
    }

    private static FleetModel model(String id) {
        return new FleetModel(
                id,
                RankingStage.RANKING,
                1e6,
                "cpu",
                "click",
                "feed",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                "sparse-nn-small",
                "sparse-nn-small@1",
                Double.POSITIVE_INFINITY);
    }
}
