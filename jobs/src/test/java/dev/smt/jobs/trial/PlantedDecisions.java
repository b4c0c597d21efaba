package dev.smt.jobs.trial;

import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Decisions of a study {@code study} that never ran. */
public final class PlantedDecisions {
    private PlantedDecisions() {}

    /**
     * An accepted technique at its defaults, but for some parameters.
     *
     * @param mu at theta*, percent NE
     */
    public static TechniqueDecisionRow accepted(String name, double mu, Map<String, Object> changed) {
        Technique technique = Techniques.named(name);
        ParameterValues theta = technique.defaults();
        for (Map.Entry<String, Object> parameter : changed.entrySet()) {
            theta = theta.with(parameter.getKey(), parameter.getValue());
        }
        OptionalDouble none = OptionalDouble.empty();
        return new TechniqueDecisionRow(
                "mmo-1",
                "study",
                name,
                true,
                "ACCEPTED",
                Optional.of(ParameterValuesJson.write(technique.searchSpace(), theta)),
                OptionalDouble.of(mu),
                OptionalDouble.of(0),
                none,
                none,
                none,
                none,
                Optional.empty(),
                none,
                4,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                none,
                none,
                none);
    }
}
