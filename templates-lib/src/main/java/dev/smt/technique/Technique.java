package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.template.Template;

/**
 * A technique T_j: a pure function (template, theta) to template, with the search space of theta (paper, section
 * 3.3.2). Implementations are stateless, and found by {@link java.util.ServiceLoader}: one class adds one.
 */
public interface Technique {
    /** Unique, kebab-case; the prefix of its parameters' names. */
    String name();

    /** Raised when {@link #apply} gives something else for the same input. */
    int version();

    /** The part of a template that it changes. */
    TechniqueKind kind();

    /** What it does, in one sentence. */
    String summary();

    /** Where it comes from. */
    String paper();

    /** Whether it has a meaning for this template. */
    boolean fits(Template template);

    SearchSpace searchSpace();

    /** A point of the search space to start from. */
    ParameterValues defaults();

    /**
     * The template with the technique in it; the argument stays as it is.
     *
     * @throws IllegalArgumentException when theta is not of the search space
     */
    Template apply(Template template, ParameterValues theta);
}
