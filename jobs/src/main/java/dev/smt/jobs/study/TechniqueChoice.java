package dev.smt.jobs.study;

import dev.smt.search.Condition;
import dev.smt.search.Parameter;
import dev.smt.search.ParameterValues;
import dev.smt.search.SearchSpace;
import dev.smt.technique.Technique;
import dev.smt.technique.TechniqueConflicts;
import dev.smt.template.Template;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one model can choose from when it is tuned alone: which techniques of a pool, and their parameters, in one search
 * space. A technique's parameters are active only where it is used.
 *
 * @param base what the model has
 * @param techniques that fit it, one or more
 * @param space a flag {@code use.TECHNIQUE} for each, and their own parameters
 */
record TechniqueChoice(Template base, List<Technique> techniques, SearchSpace space) {
    private static final String USE = "use.";

    TechniqueChoice {
        techniques = List.copyOf(techniques);
    }

    /** The choice from those techniques of a pool that fit a template; empty where none does. */
    static Optional<TechniqueChoice> of(Template base, List<Technique> pool) {
        List<Technique> fitting =
                pool.stream().filter(technique -> technique.fits(base)).toList();
        if (fitting.isEmpty()) {
            return Optional.empty();
        }
        List<SearchSpace> spaces = new ArrayList<>();
        fitting.forEach(technique -> spaces.add(SearchSpace.of(new Parameter.Flag(use(technique)))));
        fitting.forEach(technique -> spaces.add(technique.searchSpace()));
        Condition[] conditions = fitting.stream()
                .flatMap(technique -> technique.searchSpace().names().stream()
                        .map(parameter -> Condition.of(parameter, use(technique), true)))
                .toArray(Condition[]::new);
        return Optional.of(
                new TechniqueChoice(base, fitting, SearchSpace.joined(spaces).withConditions(conditions)));
    }

    private static String use(Technique technique) {
        return USE + technique.name();
    }

    /** The point that uses none of them. */
    ParameterValues none() {
        Map<String, Object> values = new LinkedHashMap<>();
        techniques.forEach(technique -> values.put(use(technique), false));
        return space.require(new ParameterValues(values));
    }

    /** The techniques of a point, in the order of the pool. */
    List<ChosenTechnique> at(ParameterValues point) {
        List<ChosenTechnique> chosen = new ArrayList<>();
        for (Technique technique : techniques) {
            if (point.flag(use(technique))) {
                Map<String, Object> theta = new LinkedHashMap<>(point.values());
                theta.keySet().retainAll(technique.searchSpace().names());
                chosen.add(new ChosenTechnique(technique, new ParameterValues(theta)));
            }
        }
        return chosen;
    }

    /** The template of a point. */
    Template template(ParameterValues point) {
        return ChosenTechnique.on(base, at(point));
    }

    /** Why a point's techniques can't be used together; empty where they can. */
    Optional<String> conflict(ParameterValues point) {
        return TechniqueConflicts.among(
                        at(point).stream().map(ChosenTechnique::technique).toList(), base)
                .stream()
                .findFirst();
    }
}
