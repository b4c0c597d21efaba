package dev.smt.template;

import dev.smt.data.DataTemplate;
import dev.smt.feature.FeatureTemplate;
import dev.smt.feature.FeatureTemplate.SequencePooling;
import dev.smt.nn.Architecture;
import dev.smt.nn.EventRepresentation;
import dev.smt.nn.HiddenLayers;
import dev.smt.nn.IdRepresentation;
import dev.smt.nn.NumericRepresentation;
import dev.smt.training.HeldOutTemplate;
import dev.smt.training.TrainingTemplate;
import dev.smt.training.optimizer.DenseOptimizer;
import dev.smt.training.optimizer.OptimizerTemplate;
import java.util.ArrayList;
import java.util.List;

/**
 * Fields of a template that another of its fields keeps from being read. Where such a field had a value of its own, the
 * template would have another hash and train the same models, so it may have its default only, unless the models may set
 * the other field. The fields of the first format version are not among them: they are always written, whether read or
 * not. Nor is what the features of a pipeline decide: the same template serves pipelines with such features and without.
 */
final class UnreadSettings {
    private final List<String> exposed;
    private final List<String> problems = new ArrayList<>();

    /**
     * What decides whether fields are read.
     *
     * @param path the deciding field
     * @param reads whether they are
     * @param because why they aren't, where they aren't
     * @param mend what would make them so
     */
    private record Governor(String path, boolean reads, String because, String mend) {}

    private UnreadSettings(List<String> exposed) {
        this.exposed = exposed;
    }

    /**
     * Each unread field with its value, why it is unread, what is allowed and the mend; empty: there is none.
     *
     * @param exposed paths of the fields that models may set
     */
    static List<String> of(
            Architecture architecture,
            FeatureTemplate features,
            DataTemplate data,
            TrainingTemplate training,
            List<String> exposed) {
        UnreadSettings unread = new UnreadSettings(exposed);
        unread.checkLayers(architecture);
        unread.checkNumbers(architecture.representations().numeric());
        unread.checkIds(architecture);
        unread.checkEvents(architecture.representations().event(), features.pooling());
        unread.checkCrosses(features);
        unread.checkAuxiliary(data);
        unread.checkOptimizer(training);
        unread.checkHeldOut(training.heldOut());
        return unread.problems;
    }

    private void checkLayers(Architecture architecture) {
        HiddenLayers layers = architecture.hiddenLayers();
        HiddenLayers plain = HiddenLayers.DEFAULT;
        String path = "architecture.hidden-layers.";
        boolean hasHead = !architecture.head().isEmpty();
        boolean hasTower = !architecture.numericTower().isEmpty()
                && architecture.representations().numeric().kind().isJoint();
        String widths = "a width in architecture.head";
        Governor head = new Governor("architecture.head", hasHead, "architecture.head is []", widths);
        check(head, path + "dropout", layers.dropout(), plain.dropout());
        Governor any =
                new Governor("architecture.head", hasHead || hasTower, "no perceptron has a hidden layer", widths);
        check(any, path + "activation", layers.activation(), plain.activation());
        check(any, path + "normalization", layers.normalization(), plain.normalization());
    }

    private void checkNumbers(NumericRepresentation numeric) {
        NumericRepresentation plain = NumericRepresentation.PLAIN;
        NumericRepresentation.Kind kind = numeric.kind();
        String path = "architecture.representation.numeric.";
        String because = path + "kind is " + Labels.of(kind);
        Governor bins =
                new Governor(path + "kind", kind.hasBins(), because, path + "kind quantile or piecewise-linear");
        check(bins, path + "bins", numeric.bins(), plain.bins());
        boolean isPeriodic = kind == NumericRepresentation.Kind.PERIODIC;
        Governor periodic = new Governor(path + "kind", isPeriodic, because, path + "kind periodic");
        check(periodic, path + "frequencies", numeric.frequencies(), plain.frequencies());
        check(periodic, path + "frequency-scale", numeric.frequencyScale(), plain.frequencyScale());
    }

    private void checkIds(Architecture architecture) {
        IdRepresentation id = architecture.representations().id();
        String path = "architecture.representation.id.";
        String cap = "architecture.embedding-buckets";
        Governor capped = new Governor(cap, architecture.embeddingBuckets() > 0, cap + " is 0", cap + " above 0");
        check(capped, path + "kind", id.kind(), IdRepresentation.PLAIN.kind());
        Governor rare =
                new Governor(path + "min-count", id.minCount() != 1, "every id of a row is there once", "2 or more");
        check(rare, path + "min-count", id.minCount(), IdRepresentation.PLAIN.minCount());
    }

    private void checkEvents(EventRepresentation event, SequencePooling pooling) {
        Governor attention = new Governor(
                "features.pooling",
                pooling == SequencePooling.TARGET_ATTENTION,
                "features.pooling is " + Labels.of(pooling),
                "features.pooling target-attention");
        check(
                attention,
                "architecture.representation.event.attention-width",
                event.attentionWidth(),
                EventRepresentation.PLAIN.attentionWidth());
    }

    private void checkCrosses(FeatureTemplate features) {
        String ids = "features.crossed-ids";
        int crossed = features.crossedIds();
        Governor pairs = new Governor(ids, crossed >= 2, ids + " is " + crossed, ids + " of 2 or more");
        check(pairs, "features.cross-buckets", features.crossBuckets(), FeatureTemplate.DEFAULT_CROSS_BUCKETS);
        check(new Governor(ids, crossed != 1, "one id makes no pair", "2 or more"), ids, crossed, 0);
    }

    private void checkAuxiliary(DataTemplate data) {
        String labels = "data.auxiliary-labels";
        boolean any = !data.auxiliaryLabels().isEmpty();
        Governor auxiliary = new Governor(labels, any, labels + " is []", "a feature in " + labels);
        check(auxiliary, "data.auxiliary-weight", data.auxiliaryWeight(), 0.0);
    }

    private void checkOptimizer(TrainingTemplate training) {
        OptimizerTemplate optimizer = training.optimizer();
        OptimizerTemplate plain = OptimizerTemplate.DEFAULT;
        String path = "training.optimizer.";
        Governor descent = new Governor(
                path + "dense",
                optimizer.dense() == DenseOptimizer.Kind.SGD,
                path + "dense is " + Labels.of(optimizer.dense()),
                path + "dense sgd");
        check(descent, path + "momentum", optimizer.momentum(), plain.momentum());
        Governor decay = new Governor(
                "training.decay",
                training.decay() < 1,
                "training.decay is 1, which leaves the learning rates at their peak",
                "training.decay below 1");
        check(decay, path + "schedule", optimizer.schedule(), plain.schedule());
    }

    private void checkHeldOut(HeldOutTemplate heldOut) {
        HeldOutTemplate plain = HeldOutTemplate.DEFAULT;
        String path = "training.held-out.";
        String share = path + "validation-share";
        Governor stopping = new Governor(share, heldOut.validationShare() > 0, share + " is 0", share + " above 0");
        check(stopping, path + "validation-checks", heldOut.validationChecks(), plain.validationChecks());
        check(stopping, path + "patience", heldOut.patience(), plain.patience());
    }

    private void check(Governor governor, String path, Object value, Object fallback) {
        boolean open = exposed.contains(governor.path);
        if (!governor.reads && !open && !value.equals(fallback)) {
            problems.add(path + " is " + text(value) + ", but nothing reads it: " + governor.because + "; allowed: "
                    + text(fallback) + ", or " + governor.mend);
        }
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return Labels.of(constant);
        }
        return value instanceof Double number ? CanonicalJson.text(CanonicalJson.number(number)) : value.toString();
    }
}
