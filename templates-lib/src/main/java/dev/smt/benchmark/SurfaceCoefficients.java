package dev.smt.benchmark;

/**
 * The coefficients of a {@link ResponseSurface}; C clusters, P parameters, J traits.
 *
 * @param gains effect at the optimum, [C], in percent NE
 * @param depth what is lost far from it, in percent NE
 * @param weights of the squared distances, [P]; 0 for a parameter with levels
 * @param optima places in [0, 1], [C][P]; 0 for a parameter with levels
 * @param costs of the levels, [P][levels]; none for a number
 * @param direction of the steep edge, [P]; 0 for a parameter with levels
 * @param offset where the edge is
 * @param width of the edge, above 0
 * @param losses behind the edge, [C], in percent NE; 0: that cluster has no edge
 * @param levels of the traits, [J], in percent NE
 * @param slopes of the traits along the direction, [J], in percent NE
 * @param resistance 1, or 0 for a technique that does nothing
 */
record SurfaceCoefficients(
        double[] gains,
        double depth,
        double[] weights,
        double[][] optima,
        double[][] costs,
        double[] direction,
        double offset,
        double width,
        double[] losses,
        double[] levels,
        double[] slopes,
        double resistance) {}
