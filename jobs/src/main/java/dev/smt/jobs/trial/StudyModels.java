package dev.smt.jobs.trial;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.metric.FleetObjective;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.functions;

/** Which models a study works on, and the template versions that they start from. */
public final class StudyModels {
    private final FleetInputs fleet;
    private final PublishedTemplates templates;
    private final List<RepresentativeRow> roles;
    private final Map<String, String> baseVersions;

    /** Reads the roles from the finished {@code representatives} run, the versions from {@code importance}. */
    public StudyModels(RunContext context, FleetInputs fleet, PublishedTemplates templates) {
        this.fleet = fleet;
        this.templates = templates;
        this.roles = roles(context);
        this.baseVersions = context.outputs("importance");
    }

    /** The rows of the finished {@code representatives} run, by model id. */
    public static List<RepresentativeRow> roles(RunContext context) {
        String run = context.finished("representatives").runId();
        return context
                .warehouse()
                .rows(RepresentativeRow.TABLE, functions.col("run_id").equalTo(run))
                .stream()
                .sorted(Comparator.comparing(RepresentativeRow::modelId))
                .toList();
    }

    /** M_R, by model id. */
    public List<FleetModel> representatives() {
        return withRole(RepresentativeRow::isRepresentative);
    }

    /** M_H, by model id. */
    public List<FleetModel> holdout() {
        return withRole(RepresentativeRow::isHoldout);
    }

    /** The template version that the study's techniques are applied to. */
    public TemplateVersionRow base(FleetModel model) {
        return base(model.template());
    }

    /** The study's base version of a template. */
    public TemplateVersionRow base(String template) {
        return templates.version(template, Integer.parseInt(baseVersions.get(template)));
    }

    /** Eq. 2 to 4 over some models, with their weights. */
    public static FleetObjective objective(List<FleetModel> models, double alpha, double epsilon, double tau) {
        requireWeight(models);
        Map<String, Double> weights = new LinkedHashMap<>();
        models.forEach(model -> weights.put(model.id(), model.weight()));
        return new FleetObjective(alpha, epsilon, tau, weights);
    }

    /** @throws InvalidInputException when all weights are 0, so that no mean can be taken */
    public static void requireWeight(List<FleetModel> models) {
        if (models.stream().allMatch(model -> model.weight() == 0)) {
            throw new InvalidInputException("the weights of the " + models.size() + " models "
                    + models.stream().map(FleetModel::id).collect(Collectors.joining(", "))
                    + " are all 0, so they sum to 0; allowed: at least one above 0 (the column weight of fleet.table, or"
                    + " fleet.grid.attributes.weight)");
        }
    }

    private List<FleetModel> withRole(Predicate<RepresentativeRow> role) {
        return fleet.models(
                roles.stream().filter(role).map(RepresentativeRow::modelId).toList());
    }
}
