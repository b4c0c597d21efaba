package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Paradigm;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.Map;

/** Computes the item tower once per item, not once per request. */
@AutoService(Technique.class)
public final class ItemTowerCache extends FieldTechnique {
    private static final String CACHED = "item-tower-cache.cached";

    public ItemTowerCache() {
        super(
                new TechniqueDescription(
                        "item-tower-cache",
                        1,
                        TechniqueKind.SERVING,
                        "caches the item tower's vectors where there are two towers",
                        "Covington, Adams and Sargin 2016, Deep Neural Networks for YouTube Recommendations, section 3",
                        SearchSpace.of(new Parameter.Flag(CACHED)),
                        ParameterValues.empty().with(CACHED, true)),
                Map.of(CACHED, "serving.cached-item-tower"),
                Map.of());
    }

    @Override
    public boolean fits(Template template) {
        return template.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN;
    }
}
