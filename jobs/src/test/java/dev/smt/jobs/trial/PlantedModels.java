package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import java.util.List;
import java.util.Set;

/** Models of a fleet that differ in name and weight only. */
public final class PlantedModels {
    private PlantedModels() {}

    public static FleetModel model(String id, double weight) {
        return new FleetModel(
                id,
                RankingStage.RANKING,
                1e6,
                "cpu",
                "click",
                "feed",
                "full",
                weight,
                "pipeline",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                "sparse-nn-medium",
                "sparse-nn-medium@1",
                Double.POSITIVE_INFINITY);
    }
}
