package dev.smt.serving;

import dev.smt.feature.Feature;
import dev.smt.feature.FeatureSide;
import dev.smt.nn.Architecture;
import dev.smt.nn.Interaction;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Paradigm;
import dev.smt.nn.network.TowerFeatures;
import java.util.List;

/**
 * Counts what one example's forward pass costs, from the specification alone. Letters: D embedding dimension, F vectors
 * of a tower (one per id feature, one per sequence, one for all numeric features), N = F * D, L ids of a sequence; those
 * of a module are its record's fields (K experts, r rank, W width, C = factorized + compressed vectors). E events with O
 * outputs; V numbers per event come out of a head: 1, or D in two towers, where the maps to them have a bias.
 *
 * <table>
 * <caption>FLOPs and parameters of each part</caption>
 * <tr><th>part</th><th>FLOPs</th><th>parameters</th></tr>
 * <tr><td>id feature of R rows of width W</td><td>0; hashed twice W + 1</td><td>R (W + 1)</td></tr>
 * <tr><td>sequence of R rows, X of them per id</td><td>(X L - 1)(W + 1) sum, W + 1 more for a mean, X L (W + 1) more for
 * position weights</td><td>R (W + 1), L position weights</td></tr>
 * <tr><td>projection of a narrow table</td><td>map W-D</td><td>W D</td></tr>
 * <tr><td>projection of a pretrained vector of width W</td><td>linear layer W-D; of its direction 3 W + 1 more</td>
 * <td>W D + D</td></tr>
 * <tr><td>number by quantile, T bins</td><td>0</td><td>T (D + 1)</td></tr>
 * <tr><td>number, piecewise linear</td><td>3, linear layer T-D</td><td>T D + D</td></tr>
 * <tr><td>number, periodic with k frequencies</td><td>4 k, linear layer 2k-D</td><td>k + 2 k D + D</td></tr>
 * <tr><td>number as its logarithm</td><td>7</td><td>0</td></tr>
 * <tr><td>ratio of two numbers</td><td>7</td><td>0</td></tr>
 * <tr><td>sequence for attention</td><td>2 L - 1 first-order mean; hashed twice L (W + 1)</td><td>R (W + 1)</td></tr>
 * <tr><td>target attention, I item vectors, hidden width H</td><td>linear layer ID-D; L times linear layers 4D-H-1 and
 * 2 D + H + 1; sum (2 L - 1) D</td><td>those of the layers</td></tr>
 * <tr><td>self-attention</td><td>L times linear layers D-4D and D-D; norms 2 (5 L D + 2 L); (2 D - 1) L L + 5 L L scores;
 * (2 L - 1) L D; 10 L D; mean (2 L - 1) D + L + D</td><td>those of the layers, 2 L - 1</td></tr>
 * <tr><td>first order of n ids and sequences, added to the O' outputs of the main event</td><td>n - 1 + O'</td>
 * <td>0</td></tr>
 * <tr><td>first order of n numeric features</td><td>2 n E</td><td>n E</td></tr>
 * <tr><td>linear layer, I to O, bias included</td><td>2 I O</td><td>I O + O</td></tr>
 * <tr><td>linear map, I to O, no bias</td><td>(2 I - 1) O</td><td>I O</td></tr>
 * <tr><td>ReLU or GELU after a hidden layer of width O; SiLU</td><td>O; 2 O</td><td>0</td></tr>
 * <tr><td>layer norm of a vector of width O</td><td>7 O + 3</td><td>2 O</td></tr>
 * <tr><td>dot products of pairs; a single vector is passed on</td><td>(2 D - 1) F F</td><td>0</td></tr>
 * <tr><td>cross layer, full</td><td>2 N N + 2 N</td><td>N N + N</td></tr>
 * <tr><td>cross layer, rank r</td><td>maps N-r and r-N, 2 N</td><td>2 N r + N</td></tr>
 * <tr><td>factorization machine; a single vector is passed on</td><td>3 N + D</td><td>0</td></tr>
 * <tr><td>vector cross layer</td><td>5 N - 1</td><td>2 N</td></tr>
 * <tr><td>cross mixture layer</td><td>maps N-K, N-Kr, K times r-r, Kr-N, softmax 5 K - 2, 3 K r + 2 N</td>
 * <td>those of the maps, bias N</td></tr>
 * <tr><td>ensemble layer</td><td>(2 D - 1) F F products, maps FF-r-N and N-r-N, D times F-F, 4 N, norms of F
 * vectors</td><td>those of the maps, each bias, norm 2 D</td></tr>
 * <tr><td>factorization stack layer</td><td>D times F-r, F-compressed and, where C is not F, F-C; products
 * (2 D - 1) F r; norm of F r, maps Fr-hidden-factorized D, ReLU; C D, norms of C vectors</td><td>those of the maps and
 * norms</td></tr>
 * <tr><td>mask</td><td>norms of F vectors; a block: maps N-aggregated-N and N-W, ReLUs, N, norm of W</td>
 * <td>those of the maps and norms</td></tr>
 * <tr><td>compression of a module's output</td><td>linear layer</td><td>linear layer</td></tr>
 * <tr><td>shared head: hidden layers to H, then V numbers per event</td><td>layers, map H-EV</td><td>those of the
 * layers</td></tr>
 * <tr><td>mixture of X experts</td><td>X times hidden layers to H; each event: map W-X, softmax 5 X - 2, (2 X - 1) H,
 * map H-V</td><td>those of the layers and maps</td></tr>
 * <tr><td>dot products of two towers</td><td>(2 D - 1) E</td><td>0</td></tr>
 * <tr><td>biases of the outputs</td><td>O</td><td>O</td></tr>
 * </table>
 *
 * <p>What is counted is what {@code RankingModel} executes for a prediction: additions, multiplications, and one for each
 * value of any other function (exponential, tanh, division, maximum). So the dot products count as the whole F x F
 * product that is made, of which less than a half is used; a kernel that makes only the pairs would do with
 * (2 D - 1) F (F - 1) / 2. Moving values counts nothing, and neither do looking rows up and the final sigmoid. Tests
 * compare the numbers with operations counted while networks run.
 *
 * <p>Sequences count at their longest. R is the feature's cardinality, at most the architecture's embedding buckets, also where rare ids share a
 * row.
 * Embedding bytes read are those of the rows that one example looks up. Optimizer state isn't served, and isn't counted.
 *
 * <p>Rows have the bytes of the serving template's format; turning them into floats counts as moving them does: nothing.
 * Where rows are pruned, a number of 4 bytes per row of the table says where the row is. Where the item tower is cached,
 * its FLOPs, parameters and rows aren't needed for an example; instead each event's item vector [D] and linear terms are
 * read in fp32, and the latter added. What the vectors of all items take depends on how many there are, and isn't counted.
 *
 * The formulas are our own choice: the paper names FLOPs (section 3.3.1), and doesn't say how it counts.
 */
public final class ServingCosts {
    private static final int BYTES_PER_PARAMETER = Float.BYTES;

    private ServingCosts() {}

    /** The cost of the network that is built from a specification, served as it was trained. */
    public static ServingCost of(NetworkSpecification network) {
        return of(network, ServingTemplate.DEFAULT);
    }

    /**
     * The cost of a network as it is served.
     *
     * @throws IllegalArgumentException when the item tower is to be cached, and there is none
     */
    public static ServingCost of(NetworkSpecification network, ServingTemplate serving) {
        boolean twoTowers = network.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN;
        if (serving.cachedItemTower() && !twoTowers) {
            throw new IllegalArgumentException("the item tower is to be cached, but the network has one tower only");
        }
        RepresentationCosts representation = new RepresentationCosts(network);
        List<Feature> features = network.features().stream()
                .filter(feature -> !serving.cachedItemTower() || feature.side() != FeatureSide.ITEM)
                .toList();
        Count count = (serving.cachedItemTower() ? userTower(network) : towers(network))
                .plus(representation.transforms(features))
                .plus(idFirstOrder(network, representation.tables(features)))
                .plus(new Count(network.outputs(), network.outputs()));
        EmbeddingCosts embeddings = new EmbeddingCosts(network, serving);
        return new ServingCost(
                count.flops(),
                (count.parameters() - representation.tableNumbers(features)) * BYTES_PER_PARAMETER
                        + embeddings.bytes(features),
                embeddings.bytesRead(features));
    }

    private static Count towers(NetworkSpecification network) {
        boolean twoTowers = network.architecture().paradigm() == Paradigm.DECOUPLED_SPARSE_NN;
        int dimension = network.architecture().embeddingDimension();
        Count count = twoTowers ? dotProducts(network) : Count.NONE;
        for (TowerFeatures tower : TowerFeatures.of(network)) {
            count = count.plus(new RepresentationCosts(network).of(tower))
                    .plus(tower(network, tower, twoTowers ? dimension : 1, twoTowers));
        }
        return count;
    }

    /** The item tower's vectors and linear terms are there already: the terms are added to the logits. */
    private static Count userTower(NetworkSpecification network) {
        TowerFeatures user = TowerFeatures.of(network).get(0);
        return dotProducts(network)
                .plus(new RepresentationCosts(network).of(user))
                .plus(tower(network, user, network.architecture().embeddingDimension(), true))
                .plus(Count.elementwise(network.events().size()));
    }

    private static Count dotProducts(NetworkSpecification network) {
        return Count.product(1, network.architecture().embeddingDimension(), 1)
                .times(network.events().size());
    }

    /** The sum of the first-order weights of n tables, added to each of the main event's outputs. */
    private static Count idFirstOrder(NetworkSpecification network, long tables) {
        return tables == 0
                ? Count.NONE
                : Count.elementwise(tables - 1.0 + network.events().get(0).outputs());
    }

    private static Count tower(NetworkSpecification network, TowerFeatures features, int outputs, boolean bias) {
        Architecture architecture = network.architecture();
        int dimension = architecture.embeddingDimension();
        int numeric = features.numeric().size();
        boolean joint = features.joint() && numeric > 0;
        int vectors = features.vectors().size() + (joint ? 1 : 0);
        double firstOrder = (double) numeric * network.events().size();
        Count count = new Count(2 * firstOrder, firstOrder);
        if (joint) {
            count = count.plus(numericTower(architecture, numeric));
        }
        double headInputs = joint ? dimension : 0;
        InteractionCosts costs = new InteractionCosts(vectors, dimension);
        for (Interaction interaction : architecture.interactions()) {
            count = count.plus(costs.of(interaction));
            double width = costs.outputs(interaction);
            if (architecture.interactionWidth() > 0) {
                count = count.plus(Count.linear(width, architecture.interactionWidth()));
                width = architecture.interactionWidth();
            }
            headInputs += width;
        }
        HeadCosts head = new HeadCosts(architecture, network.events().size(), outputs);
        return count.plus(head.of(headInputs, bias));
    }

    private static Count numericTower(Architecture architecture, int numeric) {
        List<Integer> hidden = architecture.numericTower();
        double last = hidden.isEmpty() ? numeric : hidden.get(hidden.size() - 1);
        return HeadCosts.hidden(numeric, hidden, architecture.hiddenLayers())
                .plus(Count.linear(last, architecture.embeddingDimension()));
    }
}
