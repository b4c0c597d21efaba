package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;

/**
 * Pulls labels towards one half. It helps classifiers of many classes; where positives are rare it moves the predicted
 * rate away from the true one, and NE with it: a study should reject it.
 */
@AutoService(Technique.class)
public final class LabelSmoothing extends CheckedTechnique {
    private static final String SMOOTHING = "label-smoothing.smoothing";

    public LabelSmoothing() {
        super(new TechniqueDescription(
                "label-smoothing",
                1,
                TechniqueKind.TRAINING,
                "trains on labels pulled towards one half; expected to hurt where the base rate is low",
                "Szegedy et al. 2016, Rethinking the Inception Architecture, arXiv 1512.00567, section 7",
                SearchSpace.of(new Parameter.Real(SMOOTHING, 0.02, 0.3, true)),
                ParameterValues.empty().with(SMOOTHING, 0.1)));
    }

    @Override
    protected Template change(Template template, ParameterValues theta) {
        return TemplateFields.with(template, "training.label-smoothing", theta.real(SMOOTHING));
    }
}
