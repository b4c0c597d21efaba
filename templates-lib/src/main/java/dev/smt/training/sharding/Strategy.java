package dev.smt.training.sharding;

/** How the dense parameters and their optimizer's state are spread over the devices. */
public enum Strategy {
    /** One device has all. */
    NONE,
    /** Every device has all; gradients are summed over the devices. */
    DATA_PARALLEL,
    /** Every device has one part (Rajbhandari et al. 2020, stage 3; Zhao et al. 2023, "full sharding"). */
    FULLY_SHARDED,
    /** Parts inside a group of devices, and every group has all (Zhao et al. 2023, "hybrid sharding"). */
    HYBRID
}
