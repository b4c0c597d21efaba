package dev.smt.jobs.benchmark;

import dev.smt.metric.Evaluation;
import dev.smt.metric.PairedDelta;
import dev.smt.serving.ServingCost;
import dev.smt.serving.ServingCosts;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.training.ModelSpecification;
import dev.smt.training.ModelTrainer;
import dev.smt.training.TrainedModel;
import java.util.ArrayList;
import java.util.List;

/**
 * What every technique does by its defaults to the medium template; a program, not a test. The command and its table are in
 * {@code docs/techniques-measured.md}.
 *
 * <p>Nothing is tuned. Each model is trained on the training rows with some seeds, and evaluated as it is served on the
 * test rows, beside the untouched template's model of the same seed.
 */
public final class TechniquesBenchmark {
    private static final String TEMPLATE = "sparse-nn-medium";

    private final BenchmarkPipeline pipeline;
    private final List<String> ranking;
    private final int seeds;

    private TechniquesBenchmark(BenchmarkPipeline pipeline, int seeds) {
        this.pipeline = pipeline;
        this.ranking = pipeline.ranking();
        this.seeds = seeds;
    }

    /** Arguments: warehouse, pipeline, label, number of seeds (2 or more), names of techniques (none: all). */
    public static void main(String[] arguments) {
        BenchmarkPipeline pipeline = BenchmarkPipeline.of(arguments[0], arguments[1], arguments[2]);
        new TechniquesBenchmark(pipeline, Integer.parseInt(arguments[3]))
                .run(List.of(arguments).subList(4, arguments.length));
    }

    private void run(List<String> names) {
        System.out.println(pipeline.rows());
        System.out.println();
        System.out.println("| technique | test NE delta, % | beyond 2 errors | test AUC | FLOPs | parameter bytes "
                + "| embedding bytes read |");
        System.out.println("|---|---|---|---|---|---|---|");
        Template template = TemplateCatalog.named(TEMPLATE);
        ModelSpecification base = pipeline.specification(template, ranking);
        List<Evaluation> untouched = evaluations(base);
        ServingCost cost = ServingCosts.of(base.network(), base.serving());
        double ne = untouched.stream()
                .mapToDouble(Evaluation::normalizedEntropy)
                .average()
                .orElseThrow();
        System.out.printf(
                "| none: NE %.4f | 0 | | %.4f | %,.0f | %,.0f | %,.0f |%n",
                ne, auc(untouched), cost.flops(), cost.parameterBytes(), cost.embeddingBytesRead());
        for (Technique technique : Techniques.all()) {
            if (names.isEmpty() || names.contains(technique.name())) {
                System.out.println("| `" + technique.name() + "` | " + measured(technique, template, base, untouched));
            }
        }
    }

    private String measured(
            Technique technique, Template template, ModelSpecification base, List<Evaluation> untouched) {
        if (!technique.fits(template)) {
            return "does not fit a template of one tower | | | | | |";
        }
        ModelSpecification changed = pipeline.specification(technique.apply(template, technique.defaults()), ranking);
        if (changed.hash().equals(base.hash()) && changed.servingHash().equals(base.servingHash())) {
            return "the pipeline has nothing for it: the model is the same | | | | | |";
        }
        List<Evaluation> evaluations = evaluations(changed);
        List<PairedDelta> deltas = new ArrayList<>();
        for (int seed = 0; seed < seeds; seed++) {
            deltas.add(PairedDelta.between(
                    untouched.get(seed).losses(), evaluations.get(seed).losses()));
        }
        MeanGain gain = MeanGain.of(deltas);
        ServingCost before = ServingCosts.of(base.network(), base.serving());
        ServingCost after = ServingCosts.of(changed.network(), changed.serving());
        String clear = gain.delta() > 0 ? "better" : "worse";
        return "%s | %s | %.4f | %s | %s | %s |"
                .formatted(
                        gain,
                        gain.isClear() ? clear : "",
                        auc(evaluations),
                        change(before.flops(), after.flops()),
                        change(before.parameterBytes(), after.parameterBytes()),
                        change(before.embeddingBytesRead(), after.embeddingBytesRead()));
    }

    /** The test rows' evaluation of each seed's model. */
    private List<Evaluation> evaluations(ModelSpecification specification) {
        List<Evaluation> evaluations = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            try (TrainedModel model = new ModelTrainer().train(specification, pipeline.train(), seed);
                    TrainedModel served = model.served()) {
                evaluations.add(served.evaluate(pipeline.test()));
            }
        }
        return evaluations;
    }

    private static double auc(List<Evaluation> evaluations) {
        return evaluations.stream().mapToDouble(Evaluation::auc).average().orElseThrow();
    }

    private static String change(double before, double after) {
        return before == after ? "" : "%+.1f %%".formatted(100 * (after / before - 1));
    }
}
