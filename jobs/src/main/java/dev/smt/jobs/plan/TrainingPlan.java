package dev.smt.jobs.plan;

import dev.smt.importance.GroupedPermutation;
import dev.smt.importance.LeaveOneFeatureOut;
import dev.smt.importance.PermutationImportance;
import dev.smt.jobs.backtest.BackTestConfiguration;
import dev.smt.jobs.backtest.LeaveOneOut;
import dev.smt.jobs.importance.ImportanceConfiguration;
import dev.smt.jobs.importance.ImportanceStep;
import dev.smt.jobs.iteration.IterationConfiguration;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.mmo.Racing;
import dev.smt.jobs.mmo.RowsSharePilot;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The trainings of each step from the start; what the tables have already, such as baselines and trials, is not trained
 * again.
 *
 * @param shape how large the cycle is
 * @param importance its section
 * @param mmo its section
 * @param backTest its section
 * @param iteration its section
 */
public record TrainingPlan(
        CycleShape shape,
        ImportanceConfiguration importance,
        MmoConfiguration mmo,
        BackTestConfiguration backTest,
        IterationConfiguration iteration) {

    /** The trainings of a step; none where it trains nothing. */
    public List<PlannedTrainings> of(String step) {
        return switch (step) {
            case "importance" -> importances();
            case "mmo" -> study();
            case "holdout" -> List.of(
                    new PlannedTrainings(
                            "baselines of the held-out models, if a technique is accepted",
                            unlessNone(shape.holdout())),
                    new PlannedTrainings(
                            "accepted techniques on them", shape.accepted().times(shape.holdout())));
            case "backtest" -> backTests();
            case "iterate" -> iterations();
            default -> List.of();
        };
    }

    private List<PlannedTrainings> importances() {
        ImportanceConfiguration.Measures measures = importance.measures();
        TrainingCount models = importance.allModels() ? TrainingCount.of(shape.models()) : shape.representatives();
        List<PlannedTrainings> planned = new ArrayList<>();
        if (measures.has(PermutationImportance.NAME) || measures.has(GroupedPermutation.NAME)) {
            planned.add(new PlannedTrainings(
                    "reference models, each share of the features with its own", importanceTasks(models)));
        }
        if (measures.hasShared()) {
            planned.add(new PlannedTrainings("reference models for gradients and gates", models));
        }
        if (measures.has(LeaveOneFeatureOut.NAME)) {
            // A share of a model's list begins with the model itself.
            planned.add(new PlannedTrainings(
                    "models without one of their features, and beside them with all",
                    TrainingCount.atMost(models.most() * 2 * measures.leftOut())));
        }
        int points = importance.knee().types().stream()
                .mapToInt(type -> ImportanceStep.curvePoints(shape.features().getOrDefault(type, 0)))
                .sum();
        if (points > 0) {
            planned.add(new PlannedTrainings(
                    "models with the best features of a type, for the knee", models.times(1L + points)));
        }
        return planned;
    }

    private TrainingCount importanceTasks(TrainingCount models) {
        long[] tasks = LongStream.rangeClosed(models.least(), models.most())
                .map(count -> ImportanceStep.tasks(shape.slots(), (int) count))
                .sorted()
                .toArray();
        return new TrainingCount(tasks[0], tasks[tasks.length - 1]);
    }

    private List<PlannedTrainings> study() {
        TrainingCount models = shape.representatives();
        TrainingCount trials = models.times(shape.techniques() * mmo.trials());
        boolean all = mmo.racing() == Racing.OFF && mmo.leastGain() == 0 && mmo.allowOverCapacity();
        boolean pilot = mmo.rowsShare().isEmpty();
        boolean sampled = pilot || mmo.rowsShare().getAsDouble() < 1;
        long replicates = shape.techniques() == 0 ? 0 : Math.max(sampled ? 1 : 0, mmo.replicates());
        double least = mmo.rowsShare().orElse(RowsSharePilot.LEAST);
        double most = mmo.rowsShare().orElse(1);
        String rows = pilot
                ? ", on the share of the rows that the pilot chooses"
                : sampled ? ", on " + most + " of the training rows" : "";
        List<PlannedTrainings> planned = new ArrayList<>();
        if (pilot) {
            planned.add(new PlannedTrainings(
                    "the pilot's trainings, on samples of the rows",
                    TrainingCount.atMost(RowsSharePilot.mostTrainings(models.most(), shape.techniques())),
                    RowsSharePilot.LEAST,
                    RowsSharePilot.MOST));
        }
        planned.add(new PlannedTrainings("baselines of the representatives" + rows, models, least, most));
        planned.add(new PlannedTrainings(
                shape.techniques() + " techniques x " + mmo.trials() + " trials x representatives" + rows,
                new TrainingCount(all ? shape.endless() * mmo.trials() * models.least() : 0, trials.most()),
                least,
                most));
        planned.add(new PlannedTrainings(
                "replicates of each technique's best theta, and baselines with their seeds",
                TrainingCount.atMost(models.most() * replicates * (1 + shape.techniques()))));
        return planned;
    }

    private List<PlannedTrainings> backTests() {
        TrainingCount models = backTest.allModels() ? TrainingCount.of(shape.models()) : shape.representatives();
        long versions = LeaveOneOut.mostVersions((int) shape.accepted().most());
        return List.of(
                new PlannedTrainings("baselines with a fresh seed, if there is a new version", unlessNone(models)),
                new PlannedTrainings("the new version", unlessNone(models)),
                new PlannedTrainings(
                        "versions without one or more techniques, if it fails",
                        TrainingCount.atMost(models.most() * versions)));
    }

    private List<PlannedTrainings> iterations() {
        return List.of(
                new PlannedTrainings("baselines as in production", TrainingCount.of(shape.models())),
                new PlannedTrainings(
                        "models rebuilt, those with a newer version", TrainingCount.atMost(shape.models())),
                new PlannedTrainings(
                        "tuning of exposed fields, if there are any",
                        TrainingCount.atMost(shape.models() * iteration.tuningTrials())));
    }

    /** Nothing is trained where no technique is accepted; holdout models may miss, so the least is not sure then either. */
    private TrainingCount unlessNone(TrainingCount count) {
        return shape.accepted().most() == 0
                ? TrainingCount.NONE
                : shape.accepted().least() > 0 ? count : TrainingCount.atMost(count.most());
    }
}
