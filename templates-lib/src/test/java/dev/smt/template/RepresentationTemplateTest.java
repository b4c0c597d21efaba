package dev.smt.template;

import static dev.smt.template.Examples.AD;
import static dev.smt.template.Examples.CLICKED;
import static dev.smt.template.Examples.DECOUPLED;
import static dev.smt.template.Examples.PIPELINE;
import static dev.smt.template.Examples.PRICE;
import static dev.smt.template.Examples.SPARSE;
import static dev.smt.template.Examples.USER;
import static dev.smt.template.Examples.inputs;
import static dev.smt.template.Examples.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.smt.feature.Feature;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.feature.FeatureSide;
import dev.smt.feature.FeatureType;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.Representations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Representations and transforms in templates: format, hash, and the models made of them. */
class RepresentationTemplateTest {
    private static final Map<String, Object> ALL = Map.ofEntries(
            Map.entry("architecture.representation.numeric.kind", "periodic"),
            Map.entry("architecture.representation.numeric.frequencies", 4),
            Map.entry("architecture.representation.numeric.frequency-scale", 0.5),
            Map.entry("architecture.representation.id.kind", "double-hashing"),
            Map.entry("architecture.representation.id.min-count", 3),
            Map.entry("architecture.representation.id.dimension-temperature", 0.25),
            Map.entry("architecture.representation.embedding.kind", "direction-projection"),
            Map.entry("architecture.embedding-buckets", 500),
            Map.entry("features.pooling", "target-attention"),
            Map.entry("architecture.representation.event.attention-width", 7),
            Map.entry("features.transforms", List.of("cross(user, ad, 500)", "ratio( age ,price)")),
            Map.entry("features.crossed-ids", 2),
            Map.entry("features.cross-buckets", 64));

    @Test
    void comeBackAsTheyWereWritten() {
        Template template = TemplateFields.withAll(SPARSE, ALL);
        String json = TemplateJson.write(template);

        assertThat(json)
                .contains("\"format-version\":2")
                .contains(
                        "\"representation\":{\"numeric\":{\"kind\":\"periodic\",\"frequencies\":4,\"frequency-scale\":0.5},\"id\":{\"kind\":\"double-hashing\",\"min-count\":3,"
                                + "\"dimension-temperature\":0.25},\"embedding\":{\"kind\":\"direction-projection\"},"
                                + "\"event\":{\"attention-width\":7}}")
                .contains("\"transforms\":[\"cross(user, ad, 500)\",\"ratio(age, price)\"],\"crossed-ids\":2,"
                        + "\"cross-buckets\":64");
        assertThat(TemplateJson.read(json)).isEqualTo(template);
        // Each field that needs no other makes another template, which the first format can't say.
        for (String path : List.of(
                "architecture.representation.numeric.kind",
                "architecture.representation.id.min-count",
                "architecture.representation.id.dimension-temperature",
                "architecture.representation.embedding.kind",
                "features.transforms",
                "features.crossed-ids")) {
            Template one = TemplateFields.with(SPARSE, path, ALL.get(path));
            assertThat(TemplateJson.hash(one)).as(path).isNotEqualTo(TemplateJson.hash(SPARSE));
            assertThat(TemplateJson.write(one)).contains("\"format-version\":2");
            assertThat(TemplateJson.read(TemplateJson.write(one))).isEqualTo(one);
        }
    }

    @Test
    void wrongValuesAreToldTogether() {
        InvalidTemplateException problems = catchThrowableOfType(
                InvalidTemplateException.class,
                () -> TemplateFields.withAll(
                        SPARSE,
                        Map.of(
                                "architecture.representation.numeric.bins",
                                1,
                                "architecture.representation.id.dimension-temperature",
                                2.0,
                                "features.transforms",
                                List.of("cross(user)", "bucket(age, 0)"),
                                "features.pooling",
                                "max")));

        assertThat(problems.problems())
                .containsExactlyInAnyOrder(
                        "architecture.representation.numeric: numeric representation has 1 bins and 16 frequencies of"
                                + " scale 0.1; allowed: 2 bins or more, 1 frequency or more, a scale above 0",
                        "architecture.representation.id: id representation has minimal count 0 and dimension"
                                + " temperature 2.0; allowed: count 0 (all ids) or more, temperature 0 (all tables have"
                                + " D) to 1",
                        "features.pooling is \"max\"; expected one of sum, mean, position-weighted, target-attention,"
                                + " self-attention",
                        "features: transform is \"cross(user)\"; allowed: cross(id, id, buckets), bucket(number,"
                                + " buckets), ratio(number, number)",
                        "features: bucket has 0 buckets; allowed: 1 or more");
    }

    /** Equal networks have equal hashes, whatever a template says of features that a model doesn't have. */
    @Test
    void whatAModelDoesNotUseIsNotInItsHash() {
        Template noIds = TemplateFields.withAll(SPARSE, Map.of("features.top-k.id", 0, "features.top-k.event", 0));
        Template quantile = TemplateFields.with(noIds, "architecture.representation.numeric.kind", "quantile");

        assertThat(hash(TemplateFields.with(noIds, "architecture.representation.id.min-count", 9)))
                .isEqualTo(hash(noIds));
        Template noNumbers = TemplateFields.with(SPARSE, "features.top-k.numeric", 0);
        assertThat(hash(TemplateFields.with(noNumbers, "architecture.representation.numeric.kind", "quantile")))
                .isEqualTo(hash(noNumbers));
        assertThat(hash(TemplateFields.with(
                        noIds, "architecture.representation.embedding.kind", "direction-projection")))
                .isEqualTo(hash(noIds));
        assertThat(hash(quantile)).isNotEqualTo(hash(noIds));
        assertThat(hash(TemplateFields.with(quantile, "architecture.representation.numeric.bins", 9)))
                .isNotEqualTo(hash(quantile));
        assertThat(network(noIds).architecture().representations()).isEqualTo(Representations.PLAIN);
    }

    @Test
    void aFeatureOfAKnownTypeNeedsNothingElse() {
        Feature image = new Feature("image", FeatureType.EMBEDDING, FeatureSide.ITEM, new VectorColumn(64));
        List<Feature> more = new ArrayList<>(PIPELINE);
        more.add(image);
        Template template = TemplateFields.with(SPARSE, "features.top-k.embedding", 1);

        NetworkSpecification network = Instantiation.of(template, new TemplateInputs(model(), more, List.of()))
                .network();

        assertThat(network.features()).contains(image);
    }

    @Test
    void declaredFeaturesComeOnTopAndAreLeftOutWhereTheirSourcesAreMissing() {
        Template template = TemplateFields.withAll(
                SPARSE,
                Map.of(
                        "features.transforms",
                        List.of("bucket(age, 16)", "cross(user, shop, 9)", "ratio(price, age)"),
                        "features.top-k.numeric",
                        0));

        assertThat(names(template)).containsExactly("ad", "bucket(age, 16)", "ratio(price, age)", "user");
        assertThat(network(template).transforms()).hasSize(2);
        assertThat(names(template, "age")).containsExactly("ad", "user");
        assertThat(hash(template)).isNotEqualTo(hash(TemplateFields.with(template, "features.transforms", List.of())));
    }

    @Test
    void crossesOfTheMostImportantIdsNeedNoNames() {
        Template two = TemplateFields.withAll(SPARSE, Map.of("features.crossed-ids", 5, "features.cross-buckets", 77));

        assertThat(names(two)).contains("cross(ad, user, 77)").hasSize(5);
        // The user is in one tower and the ad in the other.
        Template decoupled = TemplateFields.with(DECOUPLED, "features.crossed-ids", 5);
        assertThat(network(decoupled).transforms()).isEmpty();
    }

    @Test
    void refusesWhatTwoTowersCannotDo() {
        Template template = TemplateFields.withAll(
                DECOUPLED,
                Map.of(
                        "features.transforms",
                        List.of("cross(user, ad, 9)", "ratio(user, price)"),
                        "features.top-k.event",
                        1));
        InvalidTemplateInputsException problems =
                catchThrowableOfType(InvalidTemplateInputsException.class, () -> network(template));

        assertThat(problems.problems())
                .containsExactlyInAnyOrder(
                        "model feed-ctr: transform cross(user, ad, 9) is of features of the item side and of another, and"
                                + " template decoupled-sparse-nn-medium has two towers, which meet only at their"
                                + " outputs; use a single-tower template, or sources of one side",
                        "model feed-ctr: transform ratio(user, price) is of features of the item side and of another,"
                                + " and template decoupled-sparse-nn-medium has two towers, which meet only at their"
                                + " outputs; use a single-tower template, or sources of one side",
                        "model feed-ctr: transform ratio(user, price) wants of user a NumericColumn; it has a IdColumn");

        Template attention = TemplateFields.withAll(
                DECOUPLED, Map.of("features.pooling", "target-attention", "features.top-k.event", 1));
        assertThat(catchThrowableOfType(InvalidTemplateInputsException.class, () -> network(attention))
                        .problems())
                .containsExactly(
                        "model feed-ctr: features.pooling target-attention reads the item side's vectors in the"
                                + " representation of events, and template decoupled-sparse-nn-medium has two towers, which meet"
                                + " only at their outputs; use a single-tower template, or another pooling");
    }

    @Test
    void targetAttentionNeedsAnItemVector() {
        Template attention = TemplateFields.withAll(
                SPARSE,
                Map.of("features.pooling", "target-attention", "features.top-k.event", 1, "features.top-k.id", 2));
        List<Feature> noItemId = List.of(USER, PRICE, CLICKED);

        assertThat(network(attention).features()).contains(AD);
        assertThat(catchThrowableOfType(
                                InvalidTemplateInputsException.class,
                                () -> Instantiation.of(attention, new TemplateInputs(model(), noItemId, List.of())))
                        .problems())
                .containsExactly(
                        "model feed-ctr: features.pooling target-attention reads the item side's vectors in the"
                                + " representation of events, and template sparse-nn-medium makes none of the model's features;"
                                + " use another pooling, or allow an id of the item side");
        Template periodic = TemplateFields.with(attention, "architecture.representation.numeric.kind", "periodic");
        assertThat(Instantiation.of(periodic, new TemplateInputs(model(), noItemId, List.of()))
                        .network()
                        .features())
                .contains(PRICE);
    }

    private static NetworkSpecification network(Template template) {
        return Instantiation.of(template, inputs()).network();
    }

    private static List<String> names(Template template, String... excluded) {
        return Instantiation.of(template, inputs(excluded)).network().features().stream()
                .map(Feature::name)
                .toList();
    }

    private static String hash(Template template) {
        return Instantiation.of(template, inputs()).hash();
    }
}
