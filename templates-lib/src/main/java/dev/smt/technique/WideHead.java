package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import dev.smt.template.TemplateFields;
import java.util.ArrayList;
import java.util.List;

/** A deeper or wider perceptron between interaction and prediction; each layer is half as wide as the one before. */
@AutoService(Technique.class)
public final class WideHead extends CheckedTechnique {
    private static final String LAYERS = "wide-head.layers";
    private static final String WIDTH = "wide-head.width";

    public WideHead() {
        super(new TechniqueDescription(
                "wide-head",
                1,
                TechniqueKind.ARCHITECTURE,
                "sets depth and first width of the head, halved at every layer",
                "Cheng et al. 2016, Wide and Deep Learning for Recommender Systems, arXiv 1606.07792",
                SearchSpace.of(new Parameter.Whole(LAYERS, 1, 4, false), new Parameter.Whole(WIDTH, 32, 512, true)),
                ParameterValues.empty().with(LAYERS, 2L).with(WIDTH, 128L)));
    }

    @Override
    protected Template change(Template template, ParameterValues theta) {
        List<Long> widths = new ArrayList<>();
        for (long layer = 0; layer < theta.whole(LAYERS); layer++) {
            widths.add(Math.max(1, theta.whole(WIDTH) >> layer));
        }
        return TemplateFields.with(template, "architecture.head", widths);
    }
}
