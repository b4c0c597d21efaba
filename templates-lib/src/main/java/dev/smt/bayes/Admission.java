package dev.smt.bayes;

import dev.smt.search.ParameterValues;

/**
 * Which thetas are worth a trial, as far as that is known without one: those whose models could be served, say. It may
 * depend on nothing but its arguments.
 */
@FunctionalInterface
public interface Admission {
    /** All of them. */
    Admission ALL = (trial, theta) -> true;

    /**
     * Whether a theta may be suggested.
     *
     * @param trial how many points were told, abandoned or pending before it
     */
    boolean admits(int trial, ParameterValues theta);
}
