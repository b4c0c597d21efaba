package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The section {@code study}. */
class CyclesConfigurationTest {
    @Test
    void everyCycleHasItsPool() {
        CyclesConfiguration study = read("study {cycles = [{techniques = [cross-network, dropout]},"
                + " {techniques = [history-pooling]}], verdict-seeds = 3}");
        assertThat(study.pools()).isEqualTo(List.of(List.of("cross-network", "dropout"), List.of("history-pooling")));
        assertThat(study.verdictSeeds()).isEqualTo(3);
    }

    @Test
    void withoutTheSectionThereIsNoStudyOfCycles() {
        assertThat(read("a = 1").pools()).isEmpty();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThatThrownBy(() -> read("study {cycles = [{techniques = [nonsense, dropout]}, {techniques = [dropout]},"
                        + " {techniques = []}, {}], verdict-seeds = 0}"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("study.cycles[0].techniques")
                .hasMessageContaining("nonsense")
                .hasMessageContaining("study.cycles[1].techniques")
                .hasMessageContaining("each technique in one cycle, once")
                .hasMessageContaining("study.cycles[2].techniques")
                .hasMessageContaining("at least one technique")
                .hasMessageContaining("study.cycles[3].techniques is missing")
                .hasMessageContaining("study.verdict-seeds");
    }

    private static CyclesConfiguration read(String text) {
        return new SmtConfiguration("test.conf", ConfigFactory.parseString(text)).read(root -> {
            root.acceptAll();
            return CyclesConfiguration.read(root.section("study"));
        });
    }
}
