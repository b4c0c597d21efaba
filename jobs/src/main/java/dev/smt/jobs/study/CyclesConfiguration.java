package dev.smt.jobs.study;

import dev.smt.jobs.config.ConfigProblems;
import dev.smt.jobs.config.ConfigSection;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Section {@code study}: several cycles, one after the other.
 *
 * @param pools the names of each cycle's techniques; empty where there is no study of cycles
 * @param verdictSeeds with how many fresh seeds each model is trained at last, in either way
 */
public record CyclesConfiguration(List<List<String>> pools, int verdictSeeds) {
    private static final int DEFAULT_VERDICT_SEEDS = 2;

    public CyclesConfiguration {
        pools = pools.stream().map(List::copyOf).toList();
    }

    /** Reads the section; a technique is in one pool at most. */
    public static CyclesConfiguration read(ConfigSection section) {
        List<List<String>> pools = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (ConfigSection cycle : section.sections("cycles")) {
            pools.add(pool(cycle, seen));
        }
        return new CyclesConfiguration(
                pools, section.integer("verdict-seeds", DEFAULT_VERDICT_SEEDS, value -> value >= 1, "1 or more"));
    }

    private static List<String> pool(ConfigSection cycle, Set<String> seen) {
        ConfigProblems problems = cycle.problems();
        String key = cycle.fullKey("techniques");
        List<String> known = Techniques.all().stream().map(Technique::name).toList();
        List<String> names = cycle.strings("techniques");
        for (String name : names) {
            if (!known.contains(name)) {
                problems.add(key, name, String.join(", ", known));
            } else if (!seen.add(name)) {
                problems.add(key, name, "each technique in one cycle, once");
            }
        }
        if (names.isEmpty() && cycle.has("techniques")) {
            problems.add(key, "[]", "at least one technique");
        }
        return names;
    }
}
