package dev.smt.jobs.generate;

/** One row of the world: a buffer that {@link AdWorld#fill} writes again and again, so that rows cost no garbage. */
final class Impression {
    long row;
    long timeMillis;
    int surface;
    int country;
    int device;
    int user;
    int ad;
    int category;
    /** NaN where missing. */
    final double[] numeric;

    final long[] counts;
    final int[] ids;
    /** The most recent first. */
    final int[][] histories;

    final int[] historyLengths;
    /** True probability of each label, by {@link PlantedLabel#ordinal()}. */
    final double[] probabilities = new double[PlantedLabel.COUNT];

    final int[] labels = new int[PlantedLabel.COUNT];
    /** ln(1 + count) less its mean, with variance 1: what the labels depend on. */
    final double[] logCounts;

    Impression(PlantedFeatures features, int historyLength) {
        numeric = new double[features.numeric().size()];
        counts = new long[features.transforms().size()];
        logCounts = new double[counts.length];
        ids = new int[features.ids().size()];
        histories = new int[features.histories().size()][historyLength];
        historyLengths = new int[histories.length];
    }
}
