package dev.smt.jobs.representative;

/** How far two clusterings of the same points agree: the adjusted Rand index (Hubert and Arabie 1985). */
final class ClusterAgreement {
    private ClusterAgreement() {}

    /** 1 where they are the same, about 0 where they agree by chance only. */
    static double adjustedRand(Clustering one, Clustering other, int points) {
        if (points < 2) {
            return 1;
        }
        long[][] both = new long[one.size()][other.size()];
        long[] ofOne = new long[one.size()];
        long[] ofOther = new long[other.size()];
        for (int point = 0; point < points; point++) {
            both[one.clusterOf(point)][other.clusterOf(point)]++;
            ofOne[one.clusterOf(point)]++;
            ofOther[other.clusterOf(point)]++;
        }
        double together = 0;
        for (long[] row : both) {
            together += pairs(row);
        }
        double expected = pairs(ofOne) * pairs(ofOther) / pairs(new long[] {points});
        double most = (pairs(ofOne) + pairs(ofOther)) / 2;
        // All alone, or all in one cluster, in both.
        return most == expected ? 1 : (together - expected) / (most - expected);
    }

    private static double pairs(long[] counts) {
        double pairs = 0;
        for (long count : counts) {
            pairs += count * (count - 1) / 2.0;
        }
        return pairs;
    }
}
