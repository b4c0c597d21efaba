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

    @Override
    public String name() {
        return "recency-weighting";
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public TechniqueKind kind() {
        return TechniqueKind.DATA;
    }

    @Override
    public String summary() {
        return "weighs training rows by age, halved at every half-life (a share of the training period)";
    }

    @Override
    public String paper() {
        return "Ding and Li 2005, Time Weight Collaborative Filtering, CIKM";
    }

    @Override
    public SearchSpace searchSpace() {
        return SearchSpace.of(new Parameter.Real(HALF_LIFE, 0.1, 10, true));
    }

    @Override
    public ParameterValues defaults() {
        return ParameterValues.empty().with(HALF_LIFE, 1.0);
    }

    @Override
    protected Template change(Template template, ParameterValues theta) {
        return TemplateFields.with(template, "data.recency-half-life", theta.real(HALF_LIFE));
    }
}
