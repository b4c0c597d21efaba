package dev.smt.jobs.trial;

import dev.smt.data.RowSample;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.ingest.Split;
import dev.smt.jobs.table.FeatureSelectionRow;
import dev.smt.jobs.table.FleetModelRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.search.ParameterValues;
import dev.smt.search.ParameterValuesJson;
import dev.smt.serving.ServingCost;
import dev.smt.serving.ServingCosts;
import dev.smt.template.ExposedSpace;
import dev.smt.template.Instantiation;
import dev.smt.template.InvalidTemplateInputsException;
import dev.smt.template.Template;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.sql.functions;

/** The fleet with its encoded data: makes the trial model of any model from any template. */
public final class FleetInputs {
    private final Warehouse warehouse;
    private final Map<String, FleetModel> models = new TreeMap<>();
    private final Map<String, String> tuned = new HashMap<>();
    private final Map<String, PipelineManifest> manifests = new HashMap<>();
    private final Map<String, List<String>> rankings = new ConcurrentHashMap<>();
    private final RowSample sample;

    private FleetInputs(FleetInputs other, RowSample sample) {
        this.warehouse = other.warehouse;
        this.sample = sample;
        models.putAll(other.models);
        tuned.putAll(other.tuned);
        manifests.putAll(other.manifests);
    }

    public FleetInputs(Warehouse warehouse) {
        this.warehouse = warehouse;
        this.sample = RowSample.ALL;
        warehouse.rows(FleetModelRow.TABLE).forEach(row -> {
            models.put(row.modelId(), row.model());
            row.tuned().ifPresent(json -> tuned.put(row.modelId(), json));
        });
        EncodedStore store = new EncodedStore(
                warehouse.location(), warehouse.spark().sparkContext().hadoopConfiguration());
        store.manifests().forEach(manifest -> manifests.put(manifest.pipeline(), manifest));
        List<String> problems = models.values().stream()
                .filter(model -> !manifests.containsKey(model.pipeline()))
                .map(model -> "model " + model.id() + " reads pipeline " + model.pipeline()
                        + ", which has no encoded examples; run: smt ingest")
                .toList();
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    /** The same fleet, whose trial models see a sample of the training rows. */
    public FleetInputs sampled(RowSample rows) {
        return new FleetInputs(this, rows);
    }

    /** The training rows that trial models see. */
    public RowSample sample() {
        return sample;
    }

    /** All models, by id. */
    public List<FleetModel> models() {
        return List.copyOf(models.values());
    }

    /** Some models, in the order of the argument. */
    public List<FleetModel> models(List<String> ids) {
        return ids.stream().map(models::get).toList();
    }

    public PipelineManifest manifest(FleetModel model) {
        return manifests.get(model.pipeline());
    }

    /** The model instantiated from a template, with the feature ranking that the template pins. */
    public ModelSpecification instantiate(FleetModel model, Template template) {
        return Instantiation.of(template, inputs(model, template));
    }

    /**
     * The same with the model's own values of fields that the template exposes.
     *
     * @param values by the path of the field
     * @throws dev.smt.template.InvalidTemplateInputsException where a field is not exposed or a value is out of its bounds
     */
    public ModelSpecification instantiate(FleetModel model, Template template, ParameterValues values) {
        return Instantiation.tuned(template, inputs(model, template), values);
    }

    /**
     * The model as it runs in production: with the values that it was shipped with.
     *
     * @param template that it runs
     */
    public ModelSpecification production(FleetModel model, Template template) {
        return instantiate(model, template, exposedValues(template, tuned(model)));
    }

    /**
     * The values of fields that a template exposes, by path.
     *
     * @param tuned a point of the exposed space, JSON; empty for the template's own values
     */
    public static ParameterValues exposedValues(Template template, Optional<String> tuned) {
        return tuned.map(json -> ParameterValuesJson.read(ExposedSpace.of(template), json))
                .map(theta -> ExposedSpace.values(template, theta))
                .orElse(ParameterValues.empty());
    }

    /** The model's own point of the exposed space that it was shipped with, JSON; empty where it runs the template's. */
    public Optional<String> tuned(FleetModel model) {
        return Optional.ofNullable(tuned.get(model.id()));
    }

    /** What a template needs to know of a model. */
    public TemplateInputs inputs(FleetModel model, Template template) {
        return new TemplateInputs(
                model, manifest(model).features(), ranking(template.features().selection()));
    }

    /** The unit of work that trains the model from a specification. */
    public TrialModel trialModel(FleetModel model, ModelSpecification specification, long seed, List<Split> splits) {
        return trialModel(model, specification, seed, splits, List.of());
    }

    /** The same, evaluated in segments of the test rows too. */
    TrialModel trialModel(
            FleetModel model, ModelSpecification specification, long seed, List<Split> splits, List<String> segments) {
        PipelineManifest manifest = manifest(model);
        long cost = Math.round(sample.share() * manifest.split(Split.TRAIN).rows())
                * specification.training().epochs()
                * specification.network().features().size();
        return new TrialModel(
                model.id(),
                model.pipeline(),
                manifest.dataVersion(),
                specification,
                seed,
                splits,
                segments,
                sample,
                cost);
    }

    /** What serving the model costs, as its template serves it. */
    public static ServingCost cost(ModelSpecification specification) {
        return ServingCosts.of(specification.network(), specification.serving());
    }

    /** What serving a model as it might be costs, which is known without training it; empty where it can't be made. */
    public Optional<ServingCost> cost(Candidate candidate) {
        try {
            return Optional.of(cost(instantiate(candidate.model(), candidate.template(), candidate.values())));
        } catch (InvalidTemplateInputsException refused) {
            return Optional.empty();
        }
    }

    /** Whether it is what a baseline is, served in the same way: then training it tells nothing. False where it can't be made. */
    public boolean makes(Candidate candidate, Baseline baseline) {
        try {
            return baseline.isOf(instantiate(candidate.model(), candidate.template(), candidate.values()));
        } catch (InvalidTemplateInputsException refused) {
            return false;
        }
    }

    private List<String> ranking(String selection) {
        return selection.isEmpty()
                ? List.of()
                : rankings.computeIfAbsent(
                        selection,
                        run -> warehouse
                                .rows(
                                        FeatureSelectionRow.TABLE,
                                        functions.col("run_id").equalTo(run))
                                .stream()
                                .sorted(Comparator.comparing(FeatureSelectionRow::featureType)
                                        .thenComparing(FeatureSelectionRow::rank))
                                .map(FeatureSelectionRow::feature)
                                .toList());
    }
}
