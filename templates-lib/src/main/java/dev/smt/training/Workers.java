package dev.smt.training;

/**
 * Who does a model's steps.
 *
 * @param count threads that do a step together, 1 or more; results depend on it, in the last bits
 * @param device where their dense part computes
 */
record Workers(int count, ComputeDevice device) {
    /** The calling thread, on the processor. */
    static final Workers ONE = new Workers(1, ComputeDevice.CPU);

    Workers {
        if (count < 1) {
            throw new IllegalArgumentException("a training in " + count + " threads; allowed: 1 or more");
        }
    }
}
