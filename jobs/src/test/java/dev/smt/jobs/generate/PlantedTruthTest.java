package dev.smt.jobs.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.generate.PlantedFleet.Member;
import dev.smt.jobs.generate.WorldTruth.Range;
import dev.smt.jobs.generate.WorldTruth.TechniqueTruth;
import dev.smt.search.Parameter;
import dev.smt.technique.Technique;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedTruthTest {
    private static final GenerateConfiguration CONFIGURATION = Worlds.configuration("rows = 3000");

    /** The format that {@code docs/generate.md} promises: file to its keys, [] for the elements of a list. */
    private static final Map<String, Set<String>> KEYS = Map.of(
            "world", Set.of("format-version", "configuration", "pipelines", "pipelines[]"),
            "features",
                    Set.of(
                            "features",
                            "features[].name",
                            "features[].column",
                            "features[].type",
                            "features[].side",
                            "features[].cardinality",
                            "features[].informative",
                            "features[].strength"),
            "effects",
                    Set.of(
                            "history",
                            "history.features",
                            "history.features[]",
                            "history.surfaces",
                            "history.surfaces[]",
                            "history.strength",
                            "history.window",
                            "drift",
                            "drift.feature",
                            "drift.surfaces",
                            "drift.surfaces[]",
                            "drift.strength",
                            "drift.half-turns",
                            "interaction",
                            "interaction.factors",
                            "interaction.factors[][]",
                            "interaction.labels",
                            "interaction.labels[]",
                            "interaction.strength"),
            "clusters",
                    Set.of(
                            "clusters",
                            "clusters[].cluster",
                            "clusters[].ranking-stage",
                            "clusters[].log10-flops",
                            "clusters[].hardware",
                            "clusters[].event",
                            "clusters[].surface",
                            "clusters[].data-constraint",
                            "clusters[].models",
                            "clusters[].models[]"),
            "techniques",
                    Set.of(
                            "techniques",
                            "techniques[].technique",
                            "techniques[].planted",
                            "techniques[].verdict",
                            "techniques[].region",
                            "techniques[].region[].parameter",
                            "techniques[].region[].low",
                            "techniques[].region[].high",
                            "techniques[].helps",
                            "techniques[].helps[]",
                            "techniques[].hurts",
                            "techniques[].hurts[]",
                            "techniques[].neutral",
                            "techniques[].neutral[]",
                            "techniques[].why"),
            "oracle",
                    Set.of(
                            "cells",
                            "cells[].pipeline",
                            "cells[].label",
                            "cells[].days",
                            "cells[].days[].day",
                            "cells[].days[].rows",
                            "cells[].days[].positives",
                            "cells[].days[].log-loss"));

    @Test
    void filesHaveTheDocumentedKeysAndAreReadBack(@TempDir Path folder) throws IOException {
        WorldTruth truth = truth(CONFIGURATION);
        TruthFiles files = new TruthFiles(folder.toString(), new Configuration());
        assertThat(files.exist()).isFalse();
        files.write(truth);
        for (String file : KEYS.keySet()) {
            JsonNode tree = new ObjectMapper()
                    .readTree(folder.resolve("truth/" + file + ".json").toFile());
            Set<String> keys = new TreeSet<>();
            collectKeys(tree, "", file.equals("world"), keys);
            assertThat(keys).as(file).isEqualTo(new TreeSet<>(KEYS.get(file)));
        }
        assertThat(TruthFiles.toJson(files.read())).isEqualTo(TruthFiles.toJson(truth));
    }

    @Test
    void theWorldsIdentityLeavesOutWhatDoesNotChangeTheRows() {
        Map<String, Object> configuration = truth(CONFIGURATION).world().configuration();
        assertThat(configuration)
                .containsEntry("start", "2026-01-05")
                .containsEntry("stages", List.of("ranking", "pre-ranking"))
                .containsKeys("rows", "seed", "features", "effects", "base-rates")
                .doesNotContainKeys("overwrite", "partitions", "write-probabilities");
    }

    @Test
    void everyModelIsInExactlyOneClusterAndHasAVerdictOfEachTechnique() {
        WorldTruth truth = truth(CONFIGURATION);
        List<String> models = PlantedFleet.of(CONFIGURATION).models().stream()
                .map(member -> member.model().id())
                .toList();
        assertThat(truth.clusterOfModel()).containsOnlyKeys(models);
        assertThat(truth.clusters().clusters())
                .allMatch(cluster -> cluster.models().size() == 4);
        for (TechniqueTruth technique : truth.techniques().techniques()) {
            List<String> named = Stream.of(technique.helps(), technique.hurts(), technique.neutral())
                    .flatMap(List::stream)
                    .toList();
            assertThat(named).as(technique.technique()).containsExactlyInAnyOrderElementsOf(models);
        }
    }

    @Test
    void techniquesHelpWhereTheirEffectIsPlanted() {
        Map<String, TechniqueTruth> techniques = techniques(CONFIGURATION);
        assertThat(techniques.get("recency-weighting").verdict()).isEqualTo("mixed");
        assertThat(techniques.get("recency-weighting").helps()).isEqualTo(ids(of("search")));
        assertThat(techniques.get("recency-weighting").hurts())
                .isEqualTo(ids(of("search").negate()));
        assertThat(techniques.get("history-pooling").verdict()).isEqualTo("helps");
        assertThat(techniques.get("history-pooling").helps())
                .isEqualTo(ids(of("feed").or(of("reels"))));
        assertThat(techniques.get("history-pooling").region()).contains(new Range("history-pooling.max-length", 2, 10));
        assertThat(techniques.get("cross-network").helps())
                .isNotEmpty()
                .allMatch(id -> id.endsWith("-click") || id.endsWith("-conversion"));
        assertThat(techniques.get("label-smoothing").verdict()).isEqualTo("hurts");
        assertThat(techniques.get("label-smoothing").neutral()).isNotEmpty().allMatch(id -> id.endsWith("-click"));
        assertThat(techniques.get("embedding-hashing").verdict()).isEqualTo("neutral");
    }

    @Test
    void withoutAnEffectNothingHelps() {
        Map<String, TechniqueTruth> techniques = techniques(
                Worlds.configuration(
                        "rows = 3000, effects { interaction = 0, history = 0, drift-turns = 0 }, surfaces = [feed, search, reels]"));
        assertThat(techniques.get("cross-network").verdict()).isEqualTo("neutral");
        assertThat(techniques.get("history-pooling").verdict()).isEqualTo("neutral");
        assertThat(techniques.get("recency-weighting").verdict()).isEqualTo("hurts");
    }

    @Test
    void techniquesAndParametersAreThoseOfTheLibrary() {
        Map<String, Technique> library = ServiceLoader.load(Technique.class).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(Technique::name, Function.identity()));
        assumeThat(library).isNotEmpty();
        techniques(CONFIGURATION).forEach((name, truth) -> {
            assertThat(library).containsKey(name);
            assertThat(library.get(name).searchSpace().parameters().stream().map(Parameter::name))
                    .containsAll(truth.region().stream().map(Range::parameter).toList());
        });
    }

    private static WorldTruth truth(GenerateConfiguration configuration) {
        AdWorld world = new AdWorld(configuration);
        OracleSums sums = new OracleSums(configuration);
        Impression impression = world.newImpression();
        for (long row = 0; row < configuration.rows(); row++) {
            world.fill(row, impression);
            sums.add(impression);
        }
        return new PlantedTruth(configuration).with(sums.oracle(configuration));
    }

    private static Map<String, TechniqueTruth> techniques(GenerateConfiguration configuration) {
        return truth(configuration).techniques().techniques().stream()
                .collect(Collectors.toMap(TechniqueTruth::technique, Function.identity()));
    }

    private static Predicate<FleetModel> of(String surface) {
        return model -> model.surface().equals(surface);
    }

    private static List<String> ids(Predicate<FleetModel> condition) {
        return PlantedFleet.of(CONFIGURATION).models().stream()
                .map(Member::model)
                .filter(condition)
                .map(FleetModel::id)
                .toList();
    }

    /** Of the configuration only that it is there: its keys are those of the section generate. */
    private static void collectKeys(JsonNode node, String path, boolean world, Set<String> keys) {
        if (node.isObject() && !(world && path.equals("configuration"))) {
            node.properties()
                    .forEach(entry -> collectKeys(
                            entry.getValue(),
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(),
                            world,
                            keys));
        } else if (node.isArray()) {
            node.forEach(element -> collectKeys(element, path + "[]", world, keys));
        }
        if (!path.isEmpty() && !(node.isContainerNode() && path.endsWith("[]"))) {
            keys.add(path);
        }
    }
}
