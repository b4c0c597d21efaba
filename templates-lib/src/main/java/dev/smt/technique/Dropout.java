package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;
import java.util.Map;

/** Hidden units of the head that are left out at random while training. */
@AutoService(Technique.class)
public final class Dropout extends FieldTechnique {
    private static final String SHARE = "dropout.share";

    public Dropout() {
        super(
                new TechniqueDescription(
                        "dropout",
                        1,
                        TechniqueKind.ARCHITECTURE,
                        "leaves out a share of the head's hidden units in training",
                        "Srivastava et al. 2014, Dropout, JMLR 15",
                        SearchSpace.of(new Parameter.Real(SHARE, 0.05, 0.6, false)),
                        ParameterValues.empty().with(SHARE, 0.2)),
                Map.of(SHARE, "architecture.hidden-layers.dropout"),
                Map.of());
    }

    /** Where the head has hidden layers. */
    @Override
    public boolean fits(Template template) {
        return !template.architecture().head().isEmpty();
    }
}
