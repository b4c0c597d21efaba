package dev.smt.importance;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureImportance;
import dev.smt.metric.BucketedLoss;
import dev.smt.training.InputAttribution;
import dev.smt.training.InputAttribution.Losses;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A gate per feature, from 0 (its inputs are their mean) to 1 (as they are), learned for the trained model as it stands: by Adam on
 * the loss, and a price for open gates that makes those of useless features close (as the gates of Yamada et al. 2020 and of
 * AutoField, Wang et al. 2022, which are learned with the model). A feature's importance is the rise of NE when its gate closes
 * from where it came to lie, by {@link FirstOrderAblation}.
 *
 * <p>On the rows that the model learned from, what it made of noise looks useful. So gates are learned on validation rows: half of
 * the buckets each time, and judged on the other half.
 *
 * @param epochs passes over the rows that gates learn from, 1 or more; each is a forward and a backward pass
 */
public record LearnedGates(int epochs) implements ImportanceMethod {
    /** Of the method. */
    public static final String NAME = "learned-gates";

    /** Of a gate, in percent of NE: less is no significant change (paper, section 4.1). */
    private static final double PRICE = 0.02;

    private static final int HALVES = 2;
    private static final int ROWS_PER_STEP = 512;

    public LearnedGates {
        if (epochs < 1) {
            throw new IllegalArgumentException("epochs is " + epochs + "; allowed: 1 or more");
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<FeatureImportance> of(ReferenceModel reference, List<Feature> features) {
        reference.require(features);
        InputAttribution inputs = new InputAttribution(reference.model(), reference.validation());
        double price = PRICE
                / 100
                * reference.model().evaluate(reference.validation()).losses().meanLoss();
        BucketedLoss open = new BucketedLoss();
        Map<String, BucketedLoss> closed = new HashMap<>();
        for (int half = 0; half < HALVES; half++) {
            int judged = half;
            Gates gates = new Gates(price);
            for (int epoch = 0; epoch < epochs; epoch++) {
                inputs.descend(gates::gate, bucket -> bucket % HALVES != judged, ROWS_PER_STEP, gates::move);
            }
            Losses losses = inputs.ablated(gates::gate, bucket -> bucket % HALVES == judged);
            add(losses.own(), open);
            losses.without()
                    .forEach((feature, loss) -> add(loss, closed.computeIfAbsent(feature, name -> new BucketedLoss())));
        }
        return features.stream()
                .map(feature -> EntropyRise.of(feature, open, closed.get(feature.name())))
                .toList();
    }

    private static void add(BucketedLoss some, BucketedLoss to) {
        for (int bucket = 0; bucket < BucketedLoss.BUCKETS; bucket++) {
            to.addBucket(bucket, some.loss(bucket), some.rows(bucket));
        }
    }
}
