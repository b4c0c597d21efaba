package dev.smt.jobs.scoring;

import dev.smt.fleet.FleetModel;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.Step;
import dev.smt.jobs.run.StepResult;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.scoring.ModelExport.Exported;
import dev.smt.jobs.table.ExportedModelRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.ExecutorFanOut;
import dev.smt.jobs.trial.FleetInputs;
import dev.smt.jobs.trial.Seeds;
import dev.smt.jobs.trial.TrialModel;
import dev.smt.template.InvalidTemplateInputsException;
import dev.smt.training.ModelSpecification;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.functions;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The run behind {@code train}: the version that a model runs, trained as its baseline is, and exported. No step of the
 * cycle, but a row of {@code runs} like one.
 */
public final class TrainStep implements Step {
    /** What it tells: the file, below the warehouse. */
    public static final String FILE = "file";

    private final String modelId;
    private final long seed;
    private final String codeVersion;

    /**
     * An export.
     *
     * @param seed of the study, from which that of the training follows
     */
    public TrainStep(String modelId, long seed, String codeVersion) {
        this.modelId = modelId;
        this.seed = seed;
        this.codeVersion = codeVersion;
    }

    /** The store of a warehouse. */
    public static ModelStore store(Warehouse warehouse) {
        return new ModelStore(
                warehouse.location(),
                new SerializableConfiguration(warehouse.spark().sparkContext().hadoopConfiguration()));
    }

    @Override
    public String name() {
        return "train";
    }

    @Override
    public List<String> needs() {
        return List.of("ingest");
    }

    /** The version is the one that the model runs now. An export whose file is lost is made anew. */
    @Override
    public String configuration(RunContext context) {
        Warehouse warehouse = context.warehouse();
        FleetInputs fleet = new FleetInputs(warehouse);
        FleetModel model = model(fleet);
        ModelStore store = store(warehouse);
        List<String> lost = warehouse
                .rows(ExportedModelRow.TABLE, functions.col("model_id").equalTo(modelId))
                .stream()
                .filter(row -> !store.has(row.file()))
                .map(ExportedModelRow::runId)
                .sorted()
                .toList();
        return modelId + "\n" + model.baseline() + "\n" + seed + "\n" + lost
                + fleet.tuned(model).map(own -> "\n" + own).orElse("");
    }

    @Override
    public StepResult run(RunContext context, String runId) {
        Warehouse warehouse = context.warehouse();
        PublishedTemplates templates = new PublishedTemplates(warehouse, context.clock());
        FleetInputs fleet = new FleetInputs(warehouse);
        FleetModel model = model(fleet);
        TemplateVersionRow version = templates.version(model.baseline());
        ModelExport export = export(warehouse, fleet, model, specification(fleet, model, templates, version));
        Exported exported;
        try (ExecutorFanOut executors = new ExecutorFanOut(warehouse)) {
            exported = executors
                    .run(List.of(export), piece -> 1, (cache, piece) -> piece.run(cache), done -> {})
                    .get(0);
        }
        ExportedModelRow row = row(context, runId, version, export, exported);
        warehouse.upsert(ExportedModelRow.TABLE, List.of(row));
        return new StepResult(
                List.of(
                        "model " + modelId + " of " + model.baseline() + ": NE " + shown(row.ne())
                                + " on validation rows, " + shown(row.testNe()) + " on test rows, as served",
                        "exported to " + warehouse.location() + "/" + row.file() + " (" + row.fileBytes() + " bytes)"),
                Map.of(FILE, row.file()),
                List.of(ExportedModelRow.TABLE.name()));
    }

    private ModelExport export(
            Warehouse warehouse, FleetInputs fleet, FleetModel model, ModelSpecification specification) {
        TrialModel trial = fleet.trialModel(
                model, specification, Seeds.training(seed, modelId, 0), List.of(Split.VALIDATION, Split.TEST));
        String hash = StepRunner.sha256(String.join(
                "\n",
                specification.hash(),
                specification.servingHash(),
                trial.dataVersion(),
                Long.toString(trial.seed())));
        return new ModelExport(trial, store(warehouse), ModelStore.file(modelId, hash), model.baseline(), codeVersion);
    }

    private FleetModel model(FleetInputs fleet) {
        return fleet.models().stream()
                .filter(model -> model.id().equals(modelId))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("--model is \"" + modelId
                        + "\"; allowed: a model of the fleet: "
                        + String.join(
                                ", ",
                                fleet.models().stream().map(FleetModel::id).toList())));
    }

    private static ModelSpecification specification(
            FleetInputs fleet, FleetModel model, PublishedTemplates templates, TemplateVersionRow version) {
        try {
            return fleet.production(model, templates.template(version));
        } catch (InvalidTemplateInputsException refused) {
            throw new InvalidInputException(refused.problems());
        }
    }

    private static ExportedModelRow row(
            RunContext context, String runId, TemplateVersionRow version, ModelExport export, Exported exported) {
        TrialModel trial = export.model();
        String label = trial.specification().label();
        return new ExportedModelRow(
                runId,
                trial.modelId(),
                version.template(),
                version.version(),
                trial.pipeline(),
                trial.dataVersion(),
                trial.seed(),
                trial.specification().hash(),
                trial.specification().servingHash(),
                export.file(),
                exported.written().checksum(),
                exported.written().bytes(),
                metric(exported, Split.VALIDATION, label),
                metric(exported, Split.TEST, label),
                context.clock().instant());
    }

    private static OptionalDouble metric(Exported exported, Split split, String label) {
        Double value = exported.metrics().get(split.label() + "." + label + ".ne");
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static String shown(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "unknown";
    }
}
