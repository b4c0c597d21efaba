package dev.smt.technique;

import com.google.auto.service.AutoService;
import dev.smt.nn.Interaction;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;

/** Lets every row choose which of its features count. */
@AutoService(Technique.class)
public final class InstanceMask extends InteractionTechnique {
    private static final String BLOCKS = "instance-mask.blocks";
    private static final String AGGREGATION = "instance-mask.aggregation";
    private static final String WIDTH = "instance-mask.width";

    public InstanceMask() {
        super(new TechniqueDescription(
                "instance-mask",
                1,
                TechniqueKind.ARCHITECTURE,
                "adds MaskNet blocks, which multiply the feature vectors by a mask made from them",
                "Wang, She and Zhang 2021, MaskNet, arXiv 2102.07619",
                SearchSpace.of(
                        new Parameter.Whole(BLOCKS, 1, 3, false),
                        new Parameter.Real(AGGREGATION, 0.25, 2, true),
                        new Parameter.Whole(WIDTH, 8, 64, true)),
                ParameterValues.empty().with(BLOCKS, 1L).with(AGGREGATION, 0.5).with(WIDTH, 32L)));
    }

    @Override
    protected Interaction interaction(ParameterValues theta) {
        return new Interaction.Mask(whole(theta, BLOCKS), theta.real(AGGREGATION), whole(theta, WIDTH));
    }
}
