package dev.smt.technique;

import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import java.util.ArrayList;
import java.util.List;
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
        List<String> problems = new ArrayList<>();
        if (!name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            problems.add("its name is no kebab-case");
        }
        // A technique's name has no dot, so no two techniques have a parameter of the same name.
        searchSpace.names().stream()
                .filter(parameter -> !parameter.startsWith(name + "."))
                .forEach(parameter -> problems.add(
                        "parameter " + parameter + " doesn't carry its technique; name it " + name + "." + parameter));
        problems.addAll(searchSpace.problems(defaults));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("technique " + name + ": " + String.join("; ", problems));
        }
    }
}
