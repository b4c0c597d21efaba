package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** New ids for pairs of the most important ids. */
@AutoService(Technique.class)
public final class IdCrosses extends FieldTechnique {
    private static final String IDS = "id-crosses.ids";
    private static final String BUCKETS = "id-crosses.buckets";

    public IdCrosses() {
        super(
                new TechniqueDescription(
                        "id-crosses",
                        1,
                        TechniqueKind.FEATURE,
                        "adds the crosses of the most important id features, hashed into buckets",
                        "Cheng et al. 2016, Wide and Deep Learning for Recommender Systems, arXiv 1606.07792, section 3.1",
                        SearchSpace.of(
                                new Parameter.Whole(IDS, 2, 4, false),
                                new Parameter.Whole(BUCKETS, 1000, 200000, true)),
                        ParameterValues.empty().with(IDS, 3L).with(BUCKETS, 20000L)),
                Map.of(IDS, "features.crossed-ids", BUCKETS, "features.cross-buckets"),
                Map.of());
    }
}
