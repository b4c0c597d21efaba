package dev.smt.jobs.representative;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.table.ClusterElbowRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.FleetStructureRow;
import dev.smt.jobs.table.RepresentativeRow;
import dev.smt.jobs.table.RowExpression;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.functions;

/** The step {@code representatives}: clusters, elbow, representatives, holdout. */
public final class RepresentativesStep implements Step {
    private final RepresentativesConfiguration configuration;

    public RepresentativesStep(RepresentativesConfiguration configuration) {
        this.configuration = configuration;
    }

    @Override
    public String name() {
        return "representatives";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest");
    }

    @Override
    public String configuration(RunContext context) {
        return context.configuration().json(List.of("representatives"));
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        List<FleetModel> fleet = eligible(context);
        RepresentativesResult result = new RepresentativesJob(context.spark()).run(fleet, configuration);
        context.warehouse()
                .upsert(
                        ClusterElbowRow.TABLE,
                        result.elbow().stream()
                                .map(point -> new ClusterElbowRow(
                                        runId, point.k(), point.wssse(), point.silhouette(), point.isElbow()))
                                .toList());
        context.warehouse()
                .upsert(
                        RepresentativeRow.TABLE,
                        result.assignments().stream()
                                .map(model -> new RepresentativeRow(
                                        runId,
                                        model.modelId(),
                                        model.cluster(),
                                        model.distance(),
                                        model.isRepresentative(),
                                        model.isHoldout(),
                                        model.pc1(),
                                        model.pc2()))
                                .toList());
        Optional<FleetMove> move = move(context, fleet);
        context.warehouse().upsert(FleetStructureRow.TABLE, structure(runId, result, move));
        List<String> summary = summary(result);
        move.flatMap(FleetMove::alarm).ifPresent(alarm -> summary.add("warning: " + alarm));
        return new StepResult(summary, Map.of(), List.of("cluster_elbow", "representatives", "fleet_structure"));
    }

    /** Against the representatives of the last run; empty where there is none. */
    private Optional<FleetMove> move(RunContext context, List<FleetModel> fleet) {
        return context.latest(name())
                .map(last -> {
                    List<String> before = context
                            .warehouse()
                            .rows(
                                    RepresentativeRow.TABLE,
                                    functions.col("run_id").equalTo(last.runId()))
                            .stream()
                            .filter(RepresentativeRow::isRepresentative)
                            .map(RepresentativeRow::modelId)
                            .toList();
                    return new RepresentativesJob(context.spark()).moveFrom(before, fleet, configuration);
                });
    }

    private static List<FleetStructureRow> structure(
            String runId, RepresentativesResult result, Optional<FleetMove> move) {
        List<FleetStructureRow> rows = new ArrayList<>();
        BiConsumer<String, Double> fleet =
                (measure, value) -> rows.add(new FleetStructureRow(runId, measure, FleetStructureRow.FLEET, value));
        fleet.accept("STABILITY", result.structure().stability());
        fleet.accept("LEAST_STABILITY", result.structure().leastStability());
        fleet.accept("DISTANCE", result.coverage().mean());
        fleet.accept("LARGEST_DISTANCE", result.coverage().max());
        fleet.accept("BETTER_THAN_RANDOM", result.coverage().betterThanRandom());
        move.map(FleetMove::ratio).filter(Double::isFinite).ifPresent(ratio -> fleet.accept("MOVED", ratio));
        for (Attribute attribute : Attribute.values()) {
            rows.add(new FleetStructureRow(
                    runId,
                    "EXPLAINED",
                    attribute.key(),
                    result.structure().explained().get(attribute)));
            rows.add(new FleetStructureRow(
                    runId, "DRIVE", attribute.key(), result.structure().drive().get(attribute)));
        }
        return rows;
    }

    private List<FleetModel> eligible(RunContext context) {
        try {
            RowExpression.columnsOf(configuration.eligible());
            List<FleetModel> eligible =
                    context.warehouse().rows(FleetModelRow.TABLE, functions.expr(configuration.eligible())).stream()
                            .map(FleetModelRow::model)
                            .toList();
            if (eligible.isEmpty()) {
                throw new InvalidInputException("representatives.eligible is \"" + configuration.eligible()
                        + "\", which holds for no model of the fleet; allowed: a condition that holds for some");
            }
            return eligible;
        } catch (Exception wrong) {
            if (wrong instanceof AnalysisException || wrong instanceof IllegalArgumentException) {
                String why = wrong instanceof AnalysisException notSql ? notSql.getSimpleMessage() : wrong.getMessage();
                throw new InvalidInputException("representatives.eligible is \"" + configuration.eligible()
                        + "\"; allowed: an SQL condition over the columns of fleet_models ("
                        + why.lines().findFirst().orElse("") + ")");
            }
            throw wrong;
        }
    }

    private static List<String> summary(RepresentativesResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.assignments().size() + " models, "
                + result.assignments().stream()
                        .filter(RepresentativesResult.Assignment::isRepresentative)
                        .count()
                + " representatives, "
                + result.assignments().stream()
                        .filter(RepresentativesResult.Assignment::isHoldout)
                        .count()
                + " held out");
        lines.add(String.format(
                Locale.ROOT,
                "distance to the nearest representative: mean %.2f, at most %.2f; nearer than %.0f %% of random draws",
                result.coverage().mean(),
                result.coverage().max(),
                100 * result.coverage().betterThanRandom()));
        lines.add(String.format(
                Locale.ROOT,
                "clusters by five other seeds: adjusted Rand index %.2f in the mean, %.2f at least",
                result.structure().stability(),
                result.structure().leastStability()));
        lines.add("the clusters follow " + percents(result.structure().drive()));
        lines.add("categories that a representative has: " + percents(result.categoryCoverage()));
        lines.add("share of the variance: " + percents(result.varianceShares()));
        result.warnings().forEach(warning -> lines.add("warning: " + warning));
        return lines;
    }

    private static String percents(Map<Attribute, Double> shares) {
        return Arrays.stream(Attribute.values())
                .map(attribute ->
                        String.format(Locale.ROOT, "%s %.0f %%", attribute.key(), 100 * shares.get(attribute)))
                .collect(Collectors.joining(", "));
    }
}
