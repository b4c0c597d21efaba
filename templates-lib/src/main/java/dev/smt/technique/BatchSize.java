package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Map;

/** Another size of the batches. */
@AutoService(Technique.class)
public final class BatchSize extends FieldTechnique {
    private static final String ROWS = "batch-size.rows";

    public BatchSize() {
        super(
                new TechniqueDescription(
                        "batch-size",
                        1,
                        TechniqueKind.TRAINING,
                        "sets the number of rows of a step",
                        "Smith et al. 2018, Don't Decay the Learning Rate, Increase the Batch Size, arXiv 1711.00489",
                        SearchSpace.of(new Parameter.Whole(ROWS, 64, 2048, true)),
                        ParameterValues.empty().with(ROWS, 512L)),
                Map.of(ROWS, "training.batch-size"),
                Map.of());
    }
}
