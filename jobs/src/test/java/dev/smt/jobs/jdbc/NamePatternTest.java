package dev.smt.jobs.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of names: JDBC's, and those of SHOW TABLES. */
class NamePatternTest {
    @ParameterizedTest
    @CsvSource({
        "%, trials, true",
        "'', trials, true",
        "trial_, trials, true",
        "trial_, trial_models, false",
        "trial%, trial_models, true",
        "TRIALS, trials, true",
        "t.*, trials, false",
        "trial\\_%, trial_models, true",
        "trial\\_%, trialsmodels, false",
        "trial\\%, trials, false",
        "a\\\\b, a\\b, true",
        "\\, trials, false",
        "tria, trials, false",
    })
    void likeAsInJdbc(String pattern, String name, boolean matches) {
        assertThat(NamePattern.like(pattern).test(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "*, trials, true",
        "trial*, trial_models, true",
        "runs|trials, trials, true",
        "runs | trials, trials, true",
        "runs|trials, trial_models, false",
        "trial_, trials, false",
        "Trials, trials, true",
        "tri.*, trials, false",
    })
    void globAsInShowTables(String pattern, String name, boolean matches) {
        assertThat(NamePattern.glob(pattern).test(name)).isEqualTo(matches);
    }
}
