package dev.smt.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.SparkUserAppException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In YARN's application master the program must not exit: YARN would take a success for a crash, and run it again. */
class SmtTest {
    private static final String MASTER = "spark.master";
    private static final String DEPLOY_MODE = "spark.submit.deployMode";

    @BeforeEach
    void asYarnsApplicationMasterSetsThem() {
        System.setProperty(MASTER, "yarn");
        System.setProperty(DEPLOY_MODE, "cluster");
    }

    @AfterEach
    void clear() {
        System.clearProperty(MASTER);
        System.clearProperty(DEPLOY_MODE);
    }

    @Test
    void successReturns() {
        assertThatCode(() -> Smt.main(new String[] {"--version"})).doesNotThrowAnyException();
    }

    @Test
    void badUsageThrowsItsExitCode() {
        assertThatThrownBy(() -> Smt.main(new String[] {"no-such-command"}))
                .isInstanceOfSatisfying(SparkUserAppException.class, thrown -> assertThat(thrown.exitCode())
                        .isEqualTo(2));
    }
}
