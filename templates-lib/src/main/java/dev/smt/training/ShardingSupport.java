package dev.smt.training;

import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.Architecture;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.sharding.ShardingTemplate;
import dev.smt.training.sharding.TablePlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a training over several devices can't do: a template that asks for it is refused. */
public final class ShardingSupport {
    private ShardingSupport() {}

    /** What of a training template can't be done over its devices. */
    static List<String> problems(
            ShardingTemplate sharding, int batchSize, OptimizerTemplate optimizer, HeldOutTemplate heldOut) {
        List<String> problems = new ArrayList<>();
        if (!sharding.isOn()) {
            return problems;
        }
        String with = with(sharding);
        if (batchSize < 2 * sharding.devices()) {
            problems.add("training.batch-size is " + batchSize + with + "; allowed: at least two rows for each of "
                    + sharding.devices() + " devices");
        }
        if (optimizer.clipNorm() != 0) {
            problems.add("training.optimizer.clip-norm is " + optimizer.clipNorm() + with + "; allowed: 0 (off)");
        }
        if (optimizer.averagingShare() != 0) {
            problems.add("training.optimizer.averaging-share is " + optimizer.averagingShare() + with
                    + "; allowed: 0 (off)");
        }
        if (heldOut.validationShare() != 0) {
            problems.add("training.held-out.validation-share is " + heldOut.validationShare() + with
                    + "; allowed: 0 (no early stopping)");
        }
        return problems;
    }

    /** What of a model's layers can't be trained over a template's devices; empty: it can be. */
    public static List<String> problems(ShardingTemplate sharding, Architecture architecture, SequencePooling pooling) {
        List<String> problems = new ArrayList<>();
        if (!sharding.isOn()) {
            return problems;
        }
        double dropout = architecture.hiddenLayers().dropout();
        if (dropout != 0) {
            problems.add("architecture.hidden-layers.dropout is " + dropout + with(sharding)
                    + "; allowed: 0, for each device would draw another mask");
        }
        if (sharding.tables() == TablePlacement.Kind.REPLICATED) {
            return problems;
        }
        String tables = " with training.sharding.tables " + label(sharding.tables());
        int dimension = architecture.embeddingDimension();
        if (sharding.columnShards() > 1 && dimension % sharding.columnShards() != 0) {
            problems.add("training.sharding.column-shards is " + sharding.columnShards()
                    + "; allowed: a divisor of architecture.embedding-dimension, " + dimension);
        }
        if (pooling != SequencePooling.SUM && pooling != SequencePooling.MEAN) {
            problems.add(
                    "features.pooling is " + label(pooling) + tables + "; allowed: sum, mean, or replicated tables");
        }
        double temperature = architecture.representations().id().dimensionTemperature();
        if (temperature != 0) {
            problems.add("architecture.representation.id.dimension-temperature is " + temperature + tables
                    + "; allowed: 0, or replicated tables");
        }
        return problems;
    }

    private static String with(ShardingTemplate sharding) {
        return " with training.sharding.strategy " + label(sharding.strategy());
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
