package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.Objects;

/**
 * What a technique says of itself.
 *
 * @param name unique, kebab-case; the prefix of its parameters' names
 * @param version raised when applying it gives something else for the same input
 * @param kind the part of a template that it changes
 * @param summary what it does, in one sentence
 * @param paper where it comes from
 * @param searchSpace of theta
 * @param defaults a point of the search space to start from
 */
public record TechniqueDescription(
        String name,
        int version,
        TechniqueKind kind,
        String summary,
        String paper,
        SearchSpace searchSpace,
        ParameterValues defaults) {
    public TechniqueDescription {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(summary, "summary");
        Objects.requireNonNull(paper, "paper");
        Objects.requireNonNull(searchSpace, "searchSpace");
        Objects.requireNonNull(defaults, "defaults");
    }
}
