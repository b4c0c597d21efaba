package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Ids of few training rows share one row of their table. */
@AutoService(Technique.class)
public final class RareIds extends FieldTechnique {
    private static final String MIN_COUNT = "rare-ids.min-count";

    public RareIds() {
        super(
                new TechniqueDescription(
                        "rare-ids",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "treats ids with fewer training rows than a threshold as out-of-vocabulary",
                        "Covington, Adams and Sargin 2016, Deep Neural Networks for YouTube Recommendations, section 4.1",
                        SearchSpace.of(new Parameter.Whole(MIN_COUNT, 2, 50, true)),
                        ParameterValues.empty().with(MIN_COUNT, 3L)),
                Map.of(MIN_COUNT, "architecture.representation.id.min-count"),
                Map.of());
    }
}
