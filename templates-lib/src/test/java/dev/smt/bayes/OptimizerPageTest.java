package dev.smt.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/optimizer.md keeps its word. */
class OptimizerPageTest {
    private static final Path PAGE = Path.of("..", "docs", "optimizer.md");
    private static final Path EXAMPLE = Path.of("src", "test", "java", "dev", "smt", "bayes", "OptimizerExample.java");

    @Test
    void showsTheExampleThatIsRunHere() throws IOException {
        String source = Files.readString(EXAMPLE);
        String body = source.substring(source.indexOf("    static TrialBelief"), source.lastIndexOf('}'));

        assertThat(Files.readString(PAGE)).contains(body.stripTrailing().stripIndent());
    }

    @Test
    void theExampleFindsTheBestTheta() {
        TrialBelief best = OptimizerExample.best();

        // One layer and a rate of 0.01: (2 * 0.49 + 0.3) / 3.
        assertThat(best.theta().whole("layers")).isEqualTo(1);
        assertThat(Math.log10(best.theta().real("rate"))).isBetween(-2.1, -1.9);
        assertThat(best.mu()).isBetween(0.41, 0.43);
    }

    @Test
    void namesEveryStrategyRuleAndOriginOfASuggestion() throws IOException {
        String page = Files.readString(PAGE);

        for (SearchStrategy strategy : SearchStrategy.values()) {
            assertThat(page).contains("`" + strategy + "`");
        }
        for (ThetaRule rule : ThetaRule.values()) {
            assertThat(page).contains("`" + rule + "`");
        }
        assertThat(page)
                .contains("`" + Suggestion.DEFAULT + "`", "`" + Suggestion.SOBOL + "`", "`" + Suggestion.RANDOM + "`")
                .contains("`" + Suggestion.ACQUISITION + "`", "`" + Suggestion.SOBOL_FALLBACK + "`");
    }
}
