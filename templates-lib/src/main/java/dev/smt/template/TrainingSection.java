package dev.smt.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.embedding.EmbeddingOptimizer;
import dev.smt.training.HeldOutTemplate;
import dev.smt.training.LossTemplate;
import dev.smt.training.TrainingTemplate;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import dev.smt.training.optimizer.Schedule;
import dev.smt.training.sharding.ShardingTemplate;
import dev.smt.training.sharding.Strategy;
import dev.smt.training.sharding.TablePlacement;
import java.util.Optional;

/** The JSON tree of a template's training section: written, and read. */
final class TrainingSection {
    private TrainingSection() {}

    static ObjectNode write(TrainingTemplate training) {
        ObjectNode node = TemplateWriter.object();
        node.put("epochs", training.epochs());
        node.put("batch-size", training.batchSize());
        node.set("embedding-learning-rate", CanonicalJson.number(training.embeddingLearningRate()));
        node.set("dense-learning-rate", CanonicalJson.number(training.denseLearningRate()));
        node.set("warmup-share", CanonicalJson.number(training.warmupShare()));
        node.set("decay", CanonicalJson.number(training.decay()));
        node.set("weight-decay", CanonicalJson.number(training.weightDecay()));
        node.set("label-smoothing", CanonicalJson.number(training.labelSmoothing()));
        node.set("optimizer", write(training.optimizer()));
        node.set("loss", write(training.loss()));
        node.set("held-out", write(training.heldOut()));
        node.set("sharding", write(training.sharding()));
        return node;
    }

    static ObjectNode write(OptimizerTemplate optimizer) {
        ObjectNode node = TemplateWriter.object();
        node.put("dense", Labels.of(optimizer.dense()));
        node.set("momentum", CanonicalJson.number(optimizer.momentum()));
        node.put("embedding", Labels.of(optimizer.embedding()));
        node.set("embedding-weight-decay", CanonicalJson.number(optimizer.embeddingWeightDecay()));
        node.set("clip-norm", CanonicalJson.number(optimizer.clipNorm()));
        node.put("schedule", Labels.of(optimizer.schedule()));
        node.set("averaging-share", CanonicalJson.number(optimizer.averagingShare()));
        return node;
    }

    static ObjectNode write(LossTemplate loss) {
        ObjectNode node = TemplateWriter.object();
        node.set("focal-gamma", CanonicalJson.number(loss.focalGamma()));
        node.set("positive-weight", CanonicalJson.number(loss.positiveWeight()));
        node.set("divergence-factor", CanonicalJson.number(loss.divergenceFactor()));
        return node;
    }

    static ObjectNode write(HeldOutTemplate heldOut) {
        ObjectNode node = TemplateWriter.object();
        node.set("validation-share", CanonicalJson.number(heldOut.validationShare()));
        node.put("validation-checks", heldOut.validationChecks());
        node.put("patience", heldOut.patience());
        node.set("calibration-share", CanonicalJson.number(heldOut.calibrationShare()));
        return node;
    }

    static ObjectNode write(ShardingTemplate sharding) {
        ObjectNode node = TemplateWriter.object();
        node.put("strategy", Labels.of(sharding.strategy()));
        node.put("devices", sharding.devices());
        node.put("group", sharding.group());
        node.put("tables", Labels.of(sharding.tables()));
        node.put("column-shards", sharding.columnShards());
        return node;
    }

    static Optional<TrainingTemplate> read(JsonFields fields) {
        int epochs = fields.whole("epochs", 1);
        int batchSize = fields.whole("batch-size", 1);
        double embeddingLearningRate = fields.real("embedding-learning-rate", 1);
        double denseLearningRate = fields.real("dense-learning-rate", 1);
        double warmupShare = fields.real("warmup-share", 0);
        double decay = fields.real("decay", 1);
        double weightDecay = fields.real("weight-decay", 0);
        double labelSmoothing = fields.real("label-smoothing", 0);
        Optional<OptimizerTemplate> optimizer = optimizer(fields.object("optimizer"));
        Optional<LossTemplate> loss = loss(fields.object("loss"));
        Optional<HeldOutTemplate> heldOut = heldOut(fields.object("held-out"));
        Optional<ShardingTemplate> sharding = sharding(fields.object("sharding"));
        fields.rejectUnknown();
        return fields.make(() -> new TrainingTemplate(
                epochs,
                batchSize,
                embeddingLearningRate,
                denseLearningRate,
                warmupShare,
                decay,
                weightDecay,
                labelSmoothing,
                optimizer.orElse(OptimizerTemplate.DEFAULT),
                loss.orElse(LossTemplate.DEFAULT),
                heldOut.orElse(HeldOutTemplate.DEFAULT),
                sharding.orElse(ShardingTemplate.DEFAULT)));
    }

    private static Optional<ShardingTemplate> sharding(JsonFields fields) {
        ShardingTemplate fallback = ShardingTemplate.DEFAULT;
        Strategy strategy = fields.label("strategy", Strategy.class, fallback.strategy());
        int devices = fields.whole("devices", 1);
        int group = fields.whole("group", 1);
        TablePlacement.Kind tables = fields.label("tables", TablePlacement.Kind.class, fallback.tables());
        int columnShards = fields.whole("column-shards", 1);
        fields.rejectUnknown();
        return fields.make(() -> new ShardingTemplate(strategy, devices, group, tables, columnShards));
    }

    private static Optional<OptimizerTemplate> optimizer(JsonFields fields) {
        OptimizerTemplate fallback = OptimizerTemplate.DEFAULT;
        DenseOptimizer.Kind dense = fields.label("dense", DenseOptimizer.Kind.class, fallback.dense());
        double momentum = fields.real("momentum", 0);
        EmbeddingOptimizer.Kind embedding =
                fields.label("embedding", EmbeddingOptimizer.Kind.class, fallback.embedding());
        double embeddingWeightDecay = fields.real("embedding-weight-decay", 0);
        double clipNorm = fields.real("clip-norm", 0);
        Schedule schedule = fields.label("schedule", Schedule.class, fallback.schedule());
        double averagingShare = fields.real("averaging-share", 0);
        fields.rejectUnknown();
        return fields.make(() -> new OptimizerTemplate(
                dense, momentum, embedding, embeddingWeightDecay, clipNorm, schedule, averagingShare));
    }

    private static Optional<LossTemplate> loss(JsonFields fields) {
        double focalGamma = fields.real("focal-gamma", 0);
        double positiveWeight = fields.real("positive-weight", 1);
        double divergenceFactor = fields.real("divergence-factor", 0);
        fields.rejectUnknown();
        return fields.make(() -> new LossTemplate(focalGamma, positiveWeight, divergenceFactor));
    }

    private static Optional<HeldOutTemplate> heldOut(JsonFields fields) {
        double validationShare = fields.real("validation-share", 0);
        int validationChecks = fields.whole("validation-checks", 1);
        int patience = fields.whole("patience", 1);
        double calibrationShare = fields.real("calibration-share", 0);
        fields.rejectUnknown();
        return fields.make(() -> new HeldOutTemplate(validationShare, validationChecks, patience, calibrationShare));
    }
}
