package dev.smt.training.sharding;

/** What a device's memory is used for. */
public enum MemoryUse {
    /** Dense parameters that the device keeps. */
    PARAMETERS,
    /** Dense parameters of one layer, while it is used. */
    GATHERED_LAYER,
    /** Of the dense optimizer. */
    OPTIMIZER_STATE,
    /** Of the dense parameters. */
    GRADIENTS,
    /** Vectors and first-order weights of embedding tables. */
    TABLE_PARAMETERS,
    /** What their rows have beside them: the optimizer's state. */
    TABLE_STATE,
    /** Outputs of layers that the backward pass needs. */
    ACTIVATIONS
}
