package dev.smt.jobs.run;

import java.util.List;
import java.util.Map;

/**
 * What a step did.
 *
 * @param summary lines for the user
 * @param outputs what later steps need to know beside the tables, such as the versions it published
 * @param tables names of the tables it wrote
 */
public record StepResult(List<String> summary, Map<String, String> outputs, List<String> tables) {
    public StepResult {
        summary = List.copyOf(summary);
        outputs = Map.copyOf(outputs);
        tables = List.copyOf(tables);
    }
}
