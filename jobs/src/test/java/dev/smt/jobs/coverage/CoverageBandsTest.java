package dev.smt.jobs.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.coverage.CoverageBands.Choice;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageBandsTest {
    private static final CoverageBands DEFAULTS = Fleets.bands("");

    @Test
    void byDefaultEveryTemplateHasABandAndEveryModelIsInExactlyOne() {
        assertThat(DEFAULTS.bands())
                .extracting(TemplateBand::template)
                .containsExactlyInAnyOrderElementsOf(TemplateCatalog.names());
        Random random = new Random(3);
        for (int repeat = 0; repeat < 1000; repeat++) {
            RankingStage stage = RankingStage.values()[random.nextInt(3)];
            double flops = Math.pow(10, -2 + 16 * random.nextDouble());
            assertThat(DEFAULTS.bands())
                    .filteredOn(band -> band.covers(stage, "hardware-" + random.nextInt(), flops))
                    .as("%s, %s FLOPs", stage, flops)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "RETRIEVAL, 1, decoupled-sparse-nn-small",
        "RETRIEVAL, 999999, decoupled-sparse-nn-small",
        "RETRIEVAL, 1e6, decoupled-sparse-nn-medium",
        "PRE_RANKING, 9.99e6, decoupled-sparse-nn-medium",
        "PRE_RANKING, 1e7, decoupled-sparse-nn-large",
        "RANKING, 9e7, sparse-nn-small",
        "RANKING, 1e8, sparse-nn-medium",
        "RANKING, 1e9, sparse-nn-large",
        "RANKING, 1e15, sparse-nn-large"
    })
    void aBandBeginsWithItsFirstNumberAndEndsBeforeItsLast(RankingStage stage, double flops, String template) {
        assertThat(DEFAULTS.choose(stage, "cpu", flops)).isEqualTo(new Choice.Covered(template));
    }

    @Test
    void theSectionSaysOnlyWhatIsNotAsByDefault() {
        CoverageBands bands = Fleets.bands(
                """
                sparse-nn-small {hardware = [cpu], flops-to = 2e8}
                sparse-nn-medium {flops-from = 2e8, flops-to = Infinity}
                sparse-nn-large.stages = []
                """);

        assertThat(bands.bands())
                .filteredOn(band -> band.template().startsWith("sparse"))
                .containsExactly(
                        new TemplateBand("sparse-nn-small", Set.of(RankingStage.RANKING), Set.of("cpu"), 0, 2e8),
                        new TemplateBand(
                                "sparse-nn-medium",
                                Set.of(RankingStage.RANKING),
                                Set.of(),
                                2e8,
                                Double.POSITIVE_INFINITY));
        assertThat(bands.bands()).hasSize(5);
    }

    @Test
    void bandsMayShareFlopsWhereTheirHardwareDiffers() {
        CoverageBands bands = Fleets.bands(
                """
                sparse-nn-small {hardware = [cpu], flops-to = 1e9}
                sparse-nn-medium {hardware = [gpu, mtia], flops-from = 0}
                """);

        assertThat(bands.choose(RankingStage.RANKING, "cpu", 5e8)).isEqualTo(new Choice.Covered("sparse-nn-small"));
        assertThat(bands.choose(RankingStage.RANKING, "gpu", 5e8)).isEqualTo(new Choice.Covered("sparse-nn-medium"));
    }

    @Test
    void overlappingBandsAreRefusedNamingBoth() {
        assertThatThrownBy(
                        () -> Fleets.bands(
                                """
                        sparse-nn-small {hardware = [cpu, gpu], flops-to = 1.5e8}
                        decoupled-sparse-nn-large {stages = [pre-ranking, ranking], flops-from = 1e9}
                        """))
                .isInstanceOfSatisfying(InvalidInputException.class, wrong -> assertThat(wrong.problems())
                        .containsExactlyInAnyOrder(
                                "coverage.sparse-nn-medium and coverage.sparse-nn-small overlap: ranking; cpu, gpu,"
                                        + " 1e8 to below 1.5e8 FLOPs; allowed: a model is in one band at most; move"
                                        + " flops-from or flops-to of one",
                                "coverage.decoupled-sparse-nn-large and coverage.sparse-nn-large overlap: ranking;"
                                        + " any hardware, 1e9 or more FLOPs; allowed: a model is in one band at most;"
                                        + " move flops-from or flops-to of one"));
        TemplateBand band = DEFAULTS.bands().get(0);
        assertThatThrownBy(() -> new CoverageBands(List.of(band, band))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyProblemIsToldAtOnce() {
        assertThatThrownBy(
                        () -> Fleets.bands(
                                """
                        sparse-nn-huge {stages = [ranking]}
                        sparse-nn-small {stages = [final], flops-from = -1}
                        sparse-nn-medium {flops-from = 1e9, flops-to = 1e8}
                        sparse-nn-large {colour = red}
                        """))
                .isInstanceOfSatisfying(InvalidInputException.class, wrong -> assertThat(wrong.problems())
                        .satisfiesExactlyInAnyOrder(
                                line -> assertThat(line)
                                        .startsWith("unknown key coverage.sparse-nn-huge; known here: "),
                                line -> assertThat(line)
                                        .isEqualTo("coverage.sparse-nn-small.stages is \"final\"; allowed: retrieval,"
                                                + " pre-ranking, ranking"),
                                line -> assertThat(line).startsWith("coverage.sparse-nn-small.flops-from is -1.0"),
                                line -> assertThat(line)
                                        .isEqualTo("coverage.sparse-nn-medium.flops-from is 1e9 and"
                                                + " coverage.sparse-nn-medium.flops-to is 1e8; allowed: from below to"),
                                line -> assertThat(line).startsWith("unknown key coverage.sparse-nn-large.colour")));
    }

    @Test
    void aModelInNoBandIsToldTheFirstAttributeThatLeavesNone() {
        CoverageBands bands = Fleets.bands(
                """
                decoupled-sparse-nn-small.stages = [], decoupled-sparse-nn-medium.stages = []
                decoupled-sparse-nn-large.stages = [pre-ranking]
                sparse-nn-small.hardware = [cpu], sparse-nn-medium.hardware = [gpu]
                sparse-nn-large {hardware = [gpu], flops-to = 1e10}
                """);

        assertThat(bands.choose(RankingStage.RETRIEVAL, "cpu", 1e5))
                .isEqualTo(
                        new Choice.Unassigned("no band has stage retrieval; there are bands of pre-ranking, ranking"));
        assertThat(bands.choose(RankingStage.RANKING, "tpu", 1e5))
                .isEqualTo(new Choice.Unassigned(
                        "no band of stage ranking has hardware tpu; there are bands of cpu, gpu"));
        assertThat(bands.choose(RankingStage.RANKING, "gpu", 2.346e10))
                .isEqualTo(
                        new Choice.Unassigned("no band of stage ranking and hardware gpu has 2.35e10 FLOPs; there are"
                                + " sparse-nn-medium (1e8 to below 1e9), sparse-nn-large (1e9 to below 1e10)"));
        assertThat(Fleets.bands(TemplateCatalog.names().stream()
                                .map(name -> name + ".stages = []\n")
                                .reduce("", String::concat))
                        .choose(RankingStage.RANKING, "cpu", 1))
                .isEqualTo(new Choice.Unassigned("no band has stage ranking; there are bands of none"));
    }
}
