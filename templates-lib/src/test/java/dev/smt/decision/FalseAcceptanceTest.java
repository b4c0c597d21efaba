package dev.smt.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.metric.FleetObjective;
import dev.smt.metric.ModelDelta;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.random.Well19937c;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.junit.jupiter.api.Test;

/** What is accepted where the truth is at the limit, over all looks. R is no limit here, so that nothing else helps. */
class FalseAcceptanceTest {
    private static final FleetObjective ANY_REGRESSIONS = Fleets.objective(4, 1);
    private static final ProbabilityRule RULE = new ProbabilityRule(ANY_REGRESSIONS, ProbabilityRule.SURE);

    private static int accepted(double seedRatio, int decisions) {
        FleetNoise noise = new FleetNoise(Collections.nCopies(4, 0.5), seedRatio);
        int most = 3;
        Looks looks = Looks.each(most, ProbabilityRule.SURE);
        int accepted = 0;
        for (int seed = 0; seed < decisions; seed++) {
            DeltaSource source = noise.source(ANY_REGRESSIONS, ANY_REGRESSIONS.tau(), 0, seed);
            Evidence evidence = RULE.decide(source.trial(0), most, looks, source::replicate);
            accepted += evidence.verdict() == Verdict.ACCEPTED ? 1 : 0;
        }
        return accepted;
    }

    /** 37 of 1,000 are still consistent with 5 percent from above: the upper end of their interval is below 5. */
    @Test
    void atTheLimitAtMostOneOfTwentyIsAcceptedOverAllLooks() {
        assertThat(accepted(2, 500)).isLessThanOrEqualTo(25);
        assertThat(accepted(8, 500)).isLessThanOrEqualTo(25);
    }

    /** The mean over its error has Student's distribution where the error was measured by few degrees of freedom. */
    @Test
    void anErrorFromFewReplicatesIsNotTakenForKnown() {
        double[] two = factors(2);
        double[] many = factors(60);
        assertThat(new Percentile(99).evaluate(two)).isGreaterThan(100);
        assertThat(new Percentile(99).evaluate(many)).isBetween(1.4, 1.9);
        // (2 + 60) over the median of a chi-squared distribution with 60 degrees of freedom.
        assertThat(new Percentile(50).evaluate(many)).isCloseTo(62 / 59.33, within(0.03));
    }

    private static double[] factors(int degrees) {
        return DoubleStream.generate(EffectEstimates.seedFactors(degrees, new Well19937c(1)))
                .limit(4000)
                .toArray();
    }

    @Test
    void oneLookDecidesAsTheRuleDoesByItself() {
        FleetNoise noise = new FleetNoise(Collections.nCopies(4, 0.5), 1);
        for (int seed = 0; seed < 40; seed++) {
            DeltaSource source = noise.source(ANY_REGRESSIONS, seed * 0.05, 0, seed);
            List<ModelDelta> search = source.trial(0);
            List<ModelDelta> fresh = source.replicate(1);
            Evidence decided = RULE.decide(search, 1, number -> fresh);
            if (decided.replicates() == 1) {
                List<ModelReplicates> models = new ArrayList<>();
                for (int i = 0; i < fresh.size(); i++) {
                    models.add(new ModelReplicates(
                            search.get(i).modelId(), Optional.of(search.get(i)), List.of(fresh.get(i))));
                }
                assertThat(decided).isEqualTo(RULE.evidence(models));
            }
        }
    }

    /** 0.96 sure at the first of three looks is not enough, and is at the only one. */
    @Test
    void anEarlyLookMustBeSurerThanALateOne() {
        Looks three = Looks.each(3, ProbabilityRule.SURE);
        assertThat(ProbabilityRule.verdict(0.96, 1, Looks.once(0.95))).isEqualTo(Verdict.ACCEPTED);
        assertThat(ProbabilityRule.verdict(0.96, 1, three)).isEqualTo(Verdict.OPEN);
        assertThat(ProbabilityRule.verdict(0.96, 3, three)).isEqualTo(Verdict.ACCEPTED);
        assertThat(ProbabilityRule.verdict(0.04, 1, three)).isEqualTo(Verdict.OPEN);
        assertThat(ProbabilityRule.verdict(0.04, 3, three)).isEqualTo(Verdict.REJECTED);
        assertThat(ProbabilityRule.verdict(0.04, 0, three)).isEqualTo(Verdict.REJECTED);
        assertThat(ProbabilityRule.verdict(0.999, 0, three)).isEqualTo(Verdict.OPEN);
    }

    /** Whoever allows as many replicates as the advice says, and sees the same means, has a verdict. */
    @Test
    void theAdviceHoldsWhenSoManyAreAllowed() {
        ProbabilityRule rule = new ProbabilityRule(Fleets.objective(8, 1), ProbabilityRule.SURE);
        Evidence open = rule.decide(alternating(0.3, 0), 2, number -> alternating(0.3, number));
        assertThat(open.verdict()).isEqualTo(Verdict.OPEN);
        int enough = rule.replicatesToClose(open, 32).orElseThrow();
        assertThat(enough).isGreaterThan(2);
        assertThat(rule.decide(alternating(0.3, 0), enough, number -> alternating(0.3, number))
                        .verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    /** Deltas whose mean over the models is the effect; those of the search are all that, those of replicates are noisy. */
    private static List<ModelDelta> alternating(double effect, int number) {
        List<ModelDelta> deltas = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            deltas.add(new ModelDelta(
                    "m" + i, false, effect + (number == 0 ? 0 : (i + number) % 2 == 0 ? 0.6 : -0.6), 0.2));
        }
        return deltas;
    }
}
