package dev.smt.bayes;

/** Deltas with a constant per model added, in percent NE. */
record ShiftedDeltas(DeltaFunctions functions, double[] shifts) implements DeltaFunctions {
    @Override
    public void at(double[] point, double[] deltas) {
        functions.at(point, deltas);
        for (int i = 0; i < deltas.length; i++) {
            deltas[i] += shifts[i];
        }
    }
}
