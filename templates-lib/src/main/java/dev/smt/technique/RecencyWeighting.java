package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;

/** Lets old training rows count less, because tastes and offers drift. */
@AutoService(Technique.class)
public final class RecencyWeighting extends CheckedTechnique {
    private static final String HALF_LIFE = "recency-weighting.half-life";

    public RecencyWeighting() {
        super(new TechniqueDescription(
                "recency-weighting",
                1,
                TechniqueKind.DATA,
                "weighs training rows by age, halved at every half-life (a share of the training period)",
                "Ding and Li 2005, Time Weight Collaborative Filtering, CIKM",
                SearchSpace.of(new Parameter.Real(HALF_LIFE, 0.1, 10, true)),
                ParameterValues.empty().with(HALF_LIFE, 1.0)));
    }

    @Override
    protected Template change(Template template, ParameterValues theta) {
        return TemplateFields.with(template, "data.recency-half-life", theta.real(HALF_LIFE));
    }
}
