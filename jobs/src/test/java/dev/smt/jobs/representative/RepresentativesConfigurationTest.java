package dev.smt.jobs.representative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RepresentativesConfigurationTest {

    @Test
    void hasDefaults() {
        RepresentativesConfiguration configuration = read("");
        assertThat(configuration.eligible()).isEqualTo("true");
        assertThat(configuration.k()).isEmpty();
        assertThat(configuration.kMin()).isEqualTo(2);
        assertThat(configuration.kMax()).isEqualTo(24);
        assertThat(configuration.restarts()).isEqualTo(3);
        assertThat(configuration.holdoutShare()).isEqualTo(0.2);
        assertThat(configuration.seed()).isEqualTo(1);
        assertThat(configuration.weights()).hasSize(6).allSatisfy((attribute, weight) -> assertThat(weight)
                .isEqualTo(1));
    }

    @Test
    void readsWhatIsGiven() {
        RepresentativesConfiguration configuration =
                read("k = 7, holdout-share = 0.5, seed = 9, weights {flops = 2.5, surface = 0}");
        assertThat(configuration.k()).isEqualTo(OptionalInt.of(7));
        assertThat(configuration.holdoutShare()).isEqualTo(0.5);
        assertThat(configuration.seed()).isEqualTo(9);
        assertThat(configuration.weights())
                .containsEntry(Attribute.FLOPS, 2.5)
                .containsEntry(Attribute.SURFACE, 0.0)
                .containsEntry(Attribute.EVENT, 1.0);
    }

    @Test
    void kMaxFollowsALargerKMin() {
        assertThat(read("k-min = 30").kMax()).isEqualTo(30);
    }

    @Test
    void weightsMayBeLeftOut() {
        assertThat(new RepresentativesConfiguration("true", OptionalInt.empty(), 2, 3, 1, 0, Map.of(), 1).weights())
                .isEmpty();
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> read("k = -1, k-min = 5, k-max = 4, restarts = 0, holdout-share = 1.5, "
                        + "weights {flops = -1, colour = 2}"))
                .isInstanceOfSatisfying(InvalidInputException.class, problems -> assertThat(problems.problems())
                        .hasSize(6)
                        .anyMatch(problem -> problem.startsWith("representatives.k is -1"))
                        .anyMatch(problem -> problem.startsWith("representatives.k-max is 4"))
                        .anyMatch(problem -> problem.startsWith("representatives.restarts is 0"))
                        .anyMatch(problem -> problem.startsWith("representatives.holdout-share is 1.5"))
                        .anyMatch(problem -> problem.startsWith("representatives.weights.flops is -1"))
                        .anyMatch(problem -> problem.startsWith("unknown key representatives.weights.colour")));
    }

    @Test
    void weightsThatAreAllZeroAreAProblem() {
        assertThatThrownBy(() -> read("weights {ranking-stage = 0, flops = 0, hardware = 0, event = 0, surface = 0, "
                        + "data-constraint = 0}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("representatives.weights are all 0, so they sum to 0; allowed: at least one above 0");
    }

    private static RepresentativesConfiguration read(String keys) {
        return new SmtConfiguration("test", ConfigFactory.parseString("representatives {" + keys + "}"))
                .read(root -> RepresentativesConfiguration.read(root.section("representatives")));
    }
}
