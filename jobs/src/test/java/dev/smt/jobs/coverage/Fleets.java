package dev.smt.jobs.coverage;

import com.typesafe.config.ConfigFactory;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.jobs.config.SmtConfiguration;
import java.util.List;
import java.util.Set;

/** Models by the attributes that coverage looks at, and bands from a configuration. */
final class Fleets {
    private Fleets() {}

    static FleetModel model(String id, RankingStage stage, String hardware, double flops, String template) {
        return new FleetModel(
                id,
                stage,
                flops,
                hardware,
                "ctr",
                "feed",
                "full",
                1,
                "feed-us",
                List.of(OptimizationEvent.binary("click")),
                Set.of(),
                template,
                template + "@1",
                Double.POSITIVE_INFINITY);
    }

    static CoverageBands bands(String keys) {
        return new SmtConfiguration("test", ConfigFactory.parseString("coverage {" + keys + "}"))
                .read(root -> CoverageBands.read(root.section("coverage")));
    }
}
