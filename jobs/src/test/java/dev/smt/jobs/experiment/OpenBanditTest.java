package dev.smt.jobs.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.smt.experiment.OffPolicyEvaluation;
import dev.smt.experiment.PolicyValue;
import dev.smt.experiment.Verdict;
import dev.smt.jobs.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The uniform policy's value from the logs of Bernoulli Thompson sampling, real data (Open Bandit Dataset, Saito et al.
 * 2020). Runs where the data is there. Expected values: a few lines of Python over the same files.
 */
class OpenBanditTest {
    private static final Path DATA =
            Path.of(System.getenv().getOrDefault("SMT_OPEN_BANDIT", "../../shared/data/open_bandit"));

    @BeforeEach
    void theDataIsThere() {
        assumeThat(Files.isDirectory(DATA)).isTrue();
    }

    @Test
    void theMensLogAgreesWithTheIndependentComputation() {
        OffPolicyEvaluation men = evaluation("men", 34);
        assertThat(men.logged().value()).isCloseTo(0.0069, within(1e-12));
        PolicyValue ips = men.values().get(0);
        assertThat(ips.value().value()).isCloseTo(0.0030086263272564827, within(1e-12));
        assertThat(ips.value().standardError()).isCloseTo(0.0007738967651459826, within(1e-7));
        assertThat(men.decisive().value().value()).isCloseTo(0.0031894231622774096, within(1e-12));
        assertThat(men.effectiveSampleSize()).isCloseTo(655.7098495873233, within(1e-6));
        assertThat(men.meanWeight().value()).isCloseTo(0.9433136257492313, within(1e-9));
        assertThat(men.sample().sums().largestWeight()).isCloseTo(178.25311942959001, within(1e-9));
    }

    @Test
    void theWomensLogCannotTell() {
        OffPolicyEvaluation women = evaluation("women", 46);
        assertThat(women.effectiveSampleSize()).isCloseTo(2.0778226924836947, within(1e-9));
        assertThat(women.sample().sums().largestWeight()).isCloseTo(21739.130434782608, within(1e-6));
        assertThat(women.finding().verdict()).isEqualTo(Verdict.CANNOT_TELL);
        assertThat(women.finding().reasons()).contains("the effective sample size is 2.08, below 100");
    }

    private static OffPolicyEvaluation evaluation(String campaign, int items) {
        LoggedQuery query = new LoggedQuery(
                "click",
                "propensity_score",
                "1D / " + items,
                Optional.of("item_id"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Double.POSITIVE_INFINITY,
                0.95);
        String file = DATA.resolve("bts_" + campaign + ".csv.gz").toString();
        List<LoggedResult> results =
                new LoggedJob(query).run(new ExperimentInput(TestSpark.session()).read(file, Optional.empty()));
        assertThat(results).hasSize(1);
        return results.get(0).evaluation();
    }
}
