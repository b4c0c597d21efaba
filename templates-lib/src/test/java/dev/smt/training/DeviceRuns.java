package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.embedding.EmbeddingTable;
import dev.smt.nn.embedding.SparseGradient;
import dev.smt.nn.representation.FittedFeatures;
import dev.smt.training.sharding.DeviceMeter;
import dev.smt.training.sharding.DeviceTraffic;
import dev.smt.training.sharding.ShardingLayout;
import java.util.ArrayList;
import java.util.List;

/** Trains some steps on one device, or over several, and looks at all that changed. */
final class DeviceRuns {
    /**
     * What a run ended in.
     *
     * @param tables of each table all vectors and first-order weights, row by row
     */
    record Run(
            List<Double> losses,
            float[] dense,
            List<float[]> tables,
            List<DeviceMeter> meters,
            List<DeviceTraffic> traffic) {}

    private final ModelSpecification specification;
    private final EncodedExamples rows;
    private final long seed;

    DeviceRuns(ModelSpecification specification, EncodedExamples rows, long seed) {
        this.specification = specification;
        this.rows = rows;
        this.seed = seed;
    }

    private interface Body {
        Run run(RankingModel model, TrainingObjective objective, TrainingRows rows, int[] order);
    }

    private Run with(Body body) {
        List<EventRows> events = specification.network().events().stream()
                .map(event -> EventRows.training(rows, event, specification.data()))
                .toList();
        HeldOutRows heldOut = HeldOutRows.of(rows, specification.training().heldOut());
        TrainingRows training = TrainingRows.of(rows, events, specification.data(), heldOut);
        List<EventLoss> losses = EventLosses.of(events, training, specification.data(), specification.training());
        try (RankingModel model = new RankingModel(
                specification.network(),
                FittedFeatures.fit(specification.network(), rows),
                specification.training().batchSize(),
                seed,
                specification.training().embeddingOptimizer(),
                Workers.ONE)) {
            int[] order = new RowOrder(seed, rows.rows(), training).epoch(0);
            return body.run(model, new TrainingObjective(events, losses, training), training, order);
        }
    }

    /** On one device, by the ordinary trainer's model. */
    Run alone(int steps) {
        return with((model, objective, training, order) -> {
            TrainingTemplate template = specification.training();
            model.dense().set(model.network().bias(), objective.initialBiases());
            ParameterUpdates updates = new ParameterUpdates(model, template, plannedSteps(training));
            model.read(rows);
            List<Double> losses = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                int from = step * template.batchSize();
                losses.add(model.backward(
                        order,
                        from,
                        template.batchSize(),
                        (outputs, n, gradient) -> objective.batch(order, from, n, outputs, gradient)));
                updates.update(step);
            }
            return outcome(model, losses, List.of(), List.of());
        });
    }

    /** Over devices. */
    Run over(ShardingLayout layout, int steps) {
        return with((model, objective, training, order) -> {
            int batch = specification.training().batchSize();
            try (ShardedTraining sharded =
                    new ShardedTraining(specification, model, objective, training, layout, seed)) {
                DeviceGroup devices = sharded.devices();
                devices.read(rows);
                List<Double> losses = new ArrayList<>();
                for (int step = 0; step < steps; step++) {
                    losses.add(sharded.step(order, step * batch, batch));
                }
                devices.copyTo(model);
                return outcome(
                        model,
                        losses,
                        devices.devices().stream().map(TrainingDevice::meter).toList(),
                        devices.devices().stream().map(TrainingDevice::traffic).toList());
            }
        });
    }

    private long plannedSteps(TrainingRows training) {
        TrainingTemplate template = specification.training();
        int batches = (training.count() + template.batchSize() - 1) / template.batchSize();
        return (long) batches * template.epochs();
    }

    private static Run outcome(
            RankingModel model, List<Double> losses, List<DeviceMeter> meters, List<DeviceTraffic> traffic) {
        List<float[]> tables = model.gradients()
                .map(SparseGradient::table)
                .map(DeviceRuns::values)
                .toList();
        return new Run(losses, model.dense().values().clone(), tables, meters, traffic);
    }

    private static float[] values(EmbeddingTable table) {
        int width = table.dimension() + 1;
        float[] values = new float[table.rows() * width];
        for (int row = 0; row < table.rows(); row++) {
            System.arraycopy(table.vector(row), 0, values, row * width, width - 1);
            values[row * width + width - 1] = table.firstOrder(row);
        }
        return values;
    }
}
