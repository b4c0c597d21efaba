package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.representation.FittedFeatures;

/**
 * Trains one model from its specification. The same specification, rows and seed give the same bits, also when other
 * trainings run beside it in the same JVM; trainings may run in any number of threads, each in one.
 */
public final class ModelTrainer {
    /** Batches of prediction are at least this large, however small those of training are. */
    private static final int MIN_CAPACITY = 1024;

    /**
     * Trains a model; the caller closes it.
     *
     * @param seed of the initial parameters and of the order of the rows
     * @throws TrainingFailedException when the label is not 0 or 1, has one class only, or the loss becomes NaN or
     *     infinite
     * @throws IllegalArgumentException when the rows lack a feature or the label
     */
    public TrainedModel train(ModelSpecification specification, EncodedExamples train, long seed) {
        long start = System.nanoTime();
        TrainingRows rows = TrainingRows.of(train, specification.label(), specification.data());
        int capacity = Math.max(MIN_CAPACITY, specification.training().batchSize());
        RankingModel model = new RankingModel(
                specification.network(), FittedFeatures.fit(specification.network(), train), capacity, seed);
        try {
            TrainingLoop loop = new TrainingLoop(specification, model, train, rows);
            loop.run(new RowOrder(seed, train.rows(), rows));
            double seconds = (System.nanoTime() - start) * 1e-9;
            return new TrainedModel(specification, model, rows.baseRate(), loop.steps(), loop.examples(), seconds);
        } catch (RuntimeException | Error e) {
            model.close();
            throw e;
        }
    }
}
