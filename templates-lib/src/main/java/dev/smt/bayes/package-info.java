/** The Monte Carlo Bayesian optimizer of Multi-Model Optimization (paper, Eq. 5). */
package dev.smt.bayes;
