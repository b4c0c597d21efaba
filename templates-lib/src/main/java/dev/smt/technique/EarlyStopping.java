package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Trains for up to several epochs, and goes back to where the latest training rows were predicted best. */
@AutoService(Technique.class)
public final class EarlyStopping extends FieldTechnique {
    private static final String EPOCHS = "early-stopping.epochs";
    private static final String VALIDATION_SHARE = "early-stopping.validation-share";
    private static final String PATIENCE = "early-stopping.patience";

    public EarlyStopping() {
        super(
                new TechniqueDescription(
                        "early-stopping",
                        1,
                        TechniqueKind.TRAINING,
                        "trains longer, until the held-out last share of the training rows is predicted no better",
                        "Prechelt 1998, Early Stopping - But When?",
                        SearchSpace.of(
                                new Parameter.Whole(EPOCHS, 2, 4, false),
                                new Parameter.Real(VALIDATION_SHARE, 0.05, 0.3, true),
                                new Parameter.Whole(PATIENCE, 1, 6, false)),
                        ParameterValues.empty()
                                .with(EPOCHS, 2L)
                                .with(VALIDATION_SHARE, 0.1)
                                .with(PATIENCE, 2L)),
                Map.of(
                        EPOCHS,
                        "training.epochs",
                        VALIDATION_SHARE,
                        "training.held-out.validation-share",
                        PATIENCE,
                        "training.held-out.patience"),
                Map.of());
    }
}
