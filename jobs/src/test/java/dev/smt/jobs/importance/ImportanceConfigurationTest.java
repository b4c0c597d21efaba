package dev.smt.jobs.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.smt.feature.FeatureType;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceConfigurationTest {

    @Test
    void hasDefaults() {
        assertThat(read("")).isEqualTo(new ImportanceConfiguration(false, 3, Map.of(), 1));
    }

    @Test
    void readsWhatIsGiven() {
        assertThat(read("models = all, repeats = 5, seed = 7, top-k {id = 4, event = 0}"))
                .isEqualTo(new ImportanceConfiguration(true, 5, Map.of(FeatureType.ID, 4, FeatureType.EVENT, 0), 7));
    }

    @Test
    void tellsEveryProblemAtOnce() {
        assertThatThrownBy(() -> read("models = some, repeats = 0, top-k {id = -1, colour = 3}"))
                .isInstanceOfSatisfying(InvalidInputException.class, problems -> assertThat(problems.problems())
                        .hasSize(4)
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
