package dev.smt.jobs.representative;

/**
 * The elbow of the curve of WSSSE over k: the k at which the curve of log(WSSSE) lies farthest below the chord from its
 * first to its last point; the smallest such k.
 *
 * <p>The logarithm matters: WSSSE itself falls so steeply for the first few k that its own largest bend is there,
 * whatever the number of clusters, while each k up to the true one removes a growing share of what is left.
 */
final class Elbow {
    /** Share of the first WSSSE below which a clustering counts as perfect: what is left is no structure. */
    private static final double PERFECT = 1e-4;

    private Elbow() {}

    /** @return the index of the elbow in the values, which are the WSSSE of consecutive k */
    static int of(double[] wssse) {
        double[] logarithms = new double[wssse.length];
        for (int i = 0; i < wssse.length; i++) {
            logarithms[i] = wssse[0] == 0 ? 0 : Math.log(Math.max(wssse[i] / wssse[0], PERFECT));
        }
        int bend = farthestBelowChord(logarithms);
        return bend > 0 ? bend : farthestBelowChord(wssse);
    }

    /** 0 where no point lies below the chord. */
    private static int farthestBelowChord(double[] values) {
        int last = values.length - 1;
        int farthest = 0;
        double depth = 1e-12 * Math.abs(values[0] - values[last]);
        for (int i = 1; i < last; i++) {
            double chord = values[0] + (values[last] - values[0]) * i / last;
            if (chord - values[i] > depth) {
                depth = chord - values[i];
                farthest = i;
            }
        }
        return farthest;
    }
}
