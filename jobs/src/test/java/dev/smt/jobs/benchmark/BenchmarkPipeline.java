package dev.smt.jobs.benchmark;

import dev.smt.data.EncodedExamples;
import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.feature.FeatureRanking;
import dev.smt.fleet.FleetModel;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.RankingStage;
import dev.smt.importance.PermutationImportance;
import dev.smt.importance.ReferenceModel;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.ingest.Split;
import dev.smt.template.Instantiation;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateInputs;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** An ingested pipeline, and one 0/1 label that models of it learn. */
record BenchmarkPipeline(
        String label, List<Feature> features, EncodedExamples train, EncodedExamples validation, EncodedExamples test) {

    static BenchmarkPipeline of(String warehouse, String pipeline, String label) {
        EncodedStore store = new EncodedStore(warehouse, new Configuration());
        PipelineManifest manifest = store.manifest(pipeline);
        return new BenchmarkPipeline(
                label,
                manifest.features(),
                store.read(manifest, Split.TRAIN),
                store.read(manifest, Split.VALIDATION),
                store.read(manifest, Split.TEST));
    }

    /** Says which rows there are. */
    String rows() {
        return "%s: %,d training, %,d validation, %,d test rows"
                .formatted(label, train.rows(), validation.rows(), test.rows());
    }

    /** Features by permutation importance in the medium template on the validation rows. */
    List<String> ranking() {
        ModelSpecification medium = specification(TemplateCatalog.named("sparse-nn-medium"), List.of());
        try (TrainedModel model = new ModelTrainer().train(medium, train, 1)) {
            ReferenceModel reference = new ReferenceModel(model, train, validation, 1);
            return FeatureRanking.of(new PermutationImportance(1, 1).of(reference)).stream()
                    .map(FeatureImportance::feature)
                    .toList();
        }
    }

    ModelSpecification specification(Template template, List<String> ranking) {
        FleetModel model = new FleetModel(
                label,
                RankingStage.RANKING,
                1e6,
                "cpu",
                label,
                "all",
                "full",
                1,
                "pipeline",
                List.of(OptimizationEvent.binary(label)),
                Set.of(),
                template.name(),
                template.name() + "@1",
                Double.POSITIVE_INFINITY);
        return Instantiation.of(template, new TemplateInputs(model, features, ranking));
    }
}
