package dev.smt.training;

import dev.smt.data.EncodedExamples;
import dev.smt.nn.NetworkSpecification;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The items of a two-tower model with what the item tower says of them, computed once: a request then costs the user
 * tower and one dot product per item. Valid while the model is open; for one thread at a time, as the model.
 */
public final class CachedItemTower {
    private final TrainedModel trained;
    private final RankingModel model;
    private final NetworkSpecification network;
    private final SideOutputs items;

    /**
     * Computes the items' vectors.
     *
     * @param items a row per item; only their item features are read
     * @throws IllegalStateException when the model has one tower only
     */
    public CachedItemTower(TrainedModel trained, EncodedExamples items) {
        this.trained = trained;
        this.model = trained.model();
        this.network = trained.specification().network();
        this.items = SidePass.of(model, SidePass.ITEM_TOWER).of(items);
    }

    /** Number of items. */
    public int size() {
        return items.rows();
    }

    /** Bytes of what is kept per item: a vector and the linear terms for each event, in fp32. */
    public int bytesPerItem() {
        return Float.BYTES * network.events().size() * (network.architecture().embeddingDimension() + 1);
    }

    /**
     * Predictions of an event for pairs of a user and an item; equal to the whole network's but for rounding.
     *
     * @param users a row per pair; only their user and context features are read
     * @param itemOfRow each row's item
     * @throws IllegalArgumentException when it is no event of the model, or a row names no item
     */
    public float[] predict(EncodedExamples users, int[] itemOfRow, String label) {
        int event = trained.event(label);
        if (itemOfRow.length != users.rows()) {
            throw new IllegalArgumentException(
                    "items are named for " + itemOfRow.length + " rows; there are " + users.rows());
        }
        SideOutputs outputs = SidePass.of(model, SidePass.USER_TOWER).of(users);
        int begin = trained.begin(event);
        float[] biases = Arrays.copyOfRange(
                model.biases(), begin, begin + network.events().get(event).outputs());
        float[] predictions = new float[itemOfRow.length];
        for (int row = 0; row < predictions.length; row++) {
            requireItem(itemOfRow[row]);
            predictions[row] = prediction(logit(outputs, row, itemOfRow[row], event), biases, event);
        }
        return predictions;
    }

    /**
     * Offer retrieval: the items with the highest predictions of the main event for a user, the best first; of equal ones,
     * the first.
     *
     * @param users only the user and context features of the row are read
     * @param count at most so many
     */
    public List<Integer> top(EncodedExamples users, int row, int count) {
        SideOutputs outputs = SidePass.of(model, SidePass.USER_TOWER).of(users);
        double[] scores = new double[size()];
        for (int item = 0; item < scores.length; item++) {
            // A prediction rises with the logit; the logit keeps apart what rounds to the same prediction.
            scores[item] = logit(outputs, row, item, 0);
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted((a, b) -> Double.compare(scores[b], scores[a]))
                .limit(count)
                .toList();
    }

    private float prediction(double logit, float[] biases, int event) {
        float[] outputs = new float[biases.length];
        for (int o = 0; o < outputs.length; o++) {
            outputs[o] = (float) (logit + biases[o]);
        }
        return (float) trained.loss(event).prediction(outputs, 0);
    }

    /** An event's logit without its biases. */
    private double logit(SideOutputs users, int row, int item, int event) {
        int dimension = network.architecture().embeddingDimension();
        int events = network.events().size();
        int user = (row * events + event) * dimension;
        int other = (item * events + event) * dimension;
        double sum = (double) users.linear()[row * events + event] + items.linear()[item * events + event];
        for (int d = 0; d < dimension; d++) {
            sum += (double) users.vectors()[user + d] * items.vectors()[other + d];
        }
        return sum;
    }

    private void requireItem(int item) {
        if (item < 0 || item >= size()) {
            throw new IllegalArgumentException("item is " + item + "; allowed: 0 to " + (size() - 1));
        }
    }
}
