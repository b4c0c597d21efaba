package dev.smt.jobs.representative;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CategoryCoverageTest {
    private static final FleetModel SMALL_FEED = model("small-feed", RankingStage.RETRIEVAL, 1e5, "feed");
    private static final FleetModel MEDIUM_REELS = model("medium-reels", RankingStage.RANKING, 1e6, "reels");
    private static final FleetModel LARGE_SEARCH = model("large-search", RankingStage.RANKING, 1e9, "search");

    @Test
    void countsTheCategoriesThatTheRepresentativesShow() {
        Map<Attribute, Double> shares =
                CategoryCoverage.of(List.of(SMALL_FEED, MEDIUM_REELS, LARGE_SEARCH), List.of(SMALL_FEED, MEDIUM_REELS));
        assertThat(shares.get(Attribute.SURFACE)).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(shares).containsEntry(Attribute.RANKING_STAGE, 1.0).containsEntry(Attribute.HARDWARE, 1.0);
    }

    @Test
    void ofTheFlopsItIsTheShareOfTheRangeInDecades() {
        assertThat(CategoryCoverage.of(
                                List.of(SMALL_FEED, MEDIUM_REELS, LARGE_SEARCH), List.of(SMALL_FEED, MEDIUM_REELS))
                        .get(Attribute.FLOPS))
                .isCloseTo(1.0 / 4, within(1e-12));
    }

    @Test
    void anAttributeThatIsTheSameInAllModelsIsCovered() {
        assertThat(CategoryCoverage.of(List.of(SMALL_FEED), List.of(SMALL_FEED)).values())
                .containsOnly(1.0);
    }

    private static FleetModel model(String id, RankingStage stage, double flops, String surface) {
        return new FleetModel(
                id,
                stage,
                flops,
                "cpu",
                "ctr",
                surface,
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary("label")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }
}
