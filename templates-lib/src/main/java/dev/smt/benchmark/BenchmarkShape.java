package dev.smt.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * What a benchmark fleet is like.
 *
 * @param models in the fleet; at least as many as clusters
 * @param clusters groups of models that are alike, 1 to {@value #MOST_CLUSTERS}
 * @param techniques 1 or more
 * @param unableShare share of the techniques that can't generalize, 0 to 1
 * @param resistingShare share of the models to which no technique is a gain, 0 to 1
 * @param rowError typical standard error of a delta from the evaluation rows, above 0, in percent NE
 * @param seedRatio standard deviation of a delta from seed to seed, over that error; 0 or more
 */
public record BenchmarkShape(
        int models,
        int clusters,
        int techniques,
        double unableShare,
        double resistingShare,
        double rowError,
        double seedRatio) {
    static final int MOST_CLUSTERS = 60;
    private static final int MOST = 100_000;

    /**
     * The whole benchmark: 252 models, 20 clusters, 80 techniques, 11 % unable, 5.6 % resisting. One delta's noise has a
     * standard deviation of about 0.05 %, that is alpha.
     */
    public static final BenchmarkShape STANDARD = new BenchmarkShape(252, 20, 80, 0.11, 0.056, 0.035, 1);

    /** @throws IllegalArgumentException with all problems */
    public BenchmarkShape {
        List<String> problems = new ArrayList<>();
        if (clusters < 1 || clusters > MOST_CLUSTERS) {
            problems.add("clusters is " + clusters + "; allowed: 1 to " + MOST_CLUSTERS);
        }
        if (models < clusters || models > MOST) {
            problems.add("models is " + models + "; allowed: the number of clusters, " + clusters + ", to " + MOST);
        }
        if (techniques < 1 || techniques > MOST) {
            problems.add("techniques is " + techniques + "; allowed: 1 to " + MOST);
        }
        share(problems, "the share of techniques that can't generalize", unableShare);
        share(problems, "the share of models that resist", resistingShare);
        if (!(rowError > 0) || Double.isInfinite(rowError)) {
            problems.add("the row error is " + rowError + "; allowed: a finite number above 0 (percent NE)");
        }
        if (!(seedRatio >= 0) || Double.isInfinite(seedRatio)) {
            problems.add("the seed ratio is " + seedRatio + "; allowed: a finite number of at least 0");
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", problems));
        }
    }

    /** The same with other sizes. */
    public BenchmarkShape withSizes(int otherModels, int otherClusters, int otherTechniques) {
        return new BenchmarkShape(
                otherModels, otherClusters, otherTechniques, unableShare, resistingShare, rowError, seedRatio);
    }

    /** Techniques that can't generalize. */
    public int unable() {
        return (int) Math.round(unableShare * techniques);
    }

    /** Models that resist. */
    public int resisting() {
        return (int) Math.round(resistingShare * models);
    }

    private static void share(List<String> problems, String name, double share) {
        if (!(share >= 0 && share <= 1)) {
            problems.add(name + " is " + share + "; allowed: 0 to 1");
        }
    }
}
