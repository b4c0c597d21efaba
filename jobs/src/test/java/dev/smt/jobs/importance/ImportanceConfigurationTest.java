package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.importance.ImportanceConfiguration.Knee;
import dev.smt.jobs.importance.ImportanceConfiguration.Measures;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceConfigurationTest {
    private static final Knee NO_KNEE = new Knee(List.of(), 0.05);

    @Test
    void hasDefaults() {
        assertThat(read(""))
                .isEqualTo(new ImportanceConfiguration(
                        false, new Measures("permutation", List.of(), 3, 0.1, 0.8, 8, 10, 5), Map.of(), NO_KNEE, 1));
    }

    @Test
    void readsWhatIsGiven() {
        assertThat(read("models = all, repeats = 5, seed = 7, top-k {id = 4, event = 0}"))
                .isEqualTo(new ImportanceConfiguration(
                        true,
                        new Measures("permutation", List.of(), 5, 0.1, 0.8, 8, 10, 5),
                        Map.of(FeatureType.ID, 4, FeatureType.EVENT, 0),
                        NO_KNEE,
                        7));
        assertThat(read("method = grouped-permutation, compared-methods = [leave-one-out, permutation],"
                        + " first-share = 1, group-threshold = 0.6, gate-epochs = 4, left-out-features = 9, knee = [numeric, id],"
                        + " knee-loss = 0.1"))
                .isEqualTo(new ImportanceConfiguration(
                        false,
                        new Measures(
                                "grouped-permutation", List.of("leave-one-out", "permutation"), 3, 1, 0.6, 8, 4, 9),
                        Map.of(),
                        new Knee(List.of(FeatureType.NUMERIC, FeatureType.ID), 0.1),
                        1));
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> read("models = some, repeats = 0, top-k {id = -1, colour = 3, numeric = 2},"
                        + " method = leave-one-out, compared-methods = [permutation], knee = [numeric, size],"
                        + " first-share = 0, gate-epochs = 0"))
                .isInstanceOfSatisfying(InvalidInputException.class, problems -> assertThat(problems.problems())
                        .hasSize(10)
                        .anyMatch(problem -> problem.startsWith("importance.method is \"leave-one-out\""))
                        .anyMatch(problem -> problem.startsWith("importance.compared-methods has \"permutation\""))
                        .anyMatch(problem -> problem.startsWith(
                                "importance.knee has \"numeric\", and" + " importance.top-k.numeric is 2"))
                        .anyMatch(problem -> problem.startsWith("importance.knee has \"size\""))
                        .anyMatch(problem -> problem.startsWith("importance.first-share is 0"))
                        .anyMatch(problem -> problem.startsWith("importance.gate-epochs is 0"))
                        .anyMatch(problem -> problem.startsWith("importance.models is \"some\""))
                        .anyMatch(problem -> problem.startsWith("importance.repeats is 0"))
                        .anyMatch(problem -> problem.startsWith("importance.top-k.id is -1"))
                        .anyMatch(problem -> problem.startsWith("unknown key importance.top-k.colour")));
    }

    @Test
    void theReferenceReadsEveryFeatureAndIsOtherwiseTheTemplate() {
        for (Template template : TemplateCatalog.builtIn()) {
            Template reference = ReferenceTemplate.of(template);
            assertThat(reference.features().topK())
                    .containsOnlyKeys(FeatureType.values())
                    .allSatisfy((type, k) -> assertThat(k).isEqualTo(Integer.MAX_VALUE));
            assertThat(reference.withFeatures(template.features())).isEqualTo(template);
        }
    }

    private static ImportanceConfiguration read(String keys) {
        return new SmtConfiguration("test", ConfigFactory.parseString("importance {" + keys + "}"))
                .read(root -> ImportanceConfiguration.read(root.section("importance")));
    }
}
