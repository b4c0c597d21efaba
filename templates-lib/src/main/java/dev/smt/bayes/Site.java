package dev.smt.bayes;

/**
 * A point of the unit cube as a Gaussian process sees it. Two sites are the same only when they are the same object:
 * an observed site carries its known noise, which the function's value at an equal point does not have.
 */
final class Site {
    final double[] point;
    final double noiseVariance;

    private Site(double[] point, double noiseVariance) {
        this.point = point;
        this.noiseVariance = noiseVariance;
    }

    /** The function's value at a point, free of noise. */
    static Site latent(double[] point) {
        return new Site(point, 0);
    }

    /** A measurement at a point. */
    static Site observed(double[] point, double noiseVariance) {
        return new Site(point, noiseVariance);
    }

    static Site[] latent(double[][] points) {
        Site[] sites = new Site[points.length];
        for (int i = 0; i < points.length; i++) {
            sites[i] = latent(points[i]);
        }
        return sites;
    }
}
