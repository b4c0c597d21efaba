package dev.smt.jobs.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.bayes.FleetOptimizer;
import dev.smt.bayes.OptimizerSettings;
import dev.smt.bayes.Suggestion;
import dev.smt.metric.FleetObjective;
import dev.smt.search.ParameterValues;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a model that is tuned alone can choose from. */
class TechniqueChoiceTest {
    private static final Template BASE = TemplateCatalog.builtIn().stream()
            .filter(template -> template.name().equals("sparse-nn-medium"))
            .findFirst()
            .orElseThrow();
    private static final List<Technique> POOL =
            List.of(Techniques.named("cross-network"), Techniques.named("label-smoothing"));

    @Test
    void theFirstPointUsesNothingAndIsTheModelAsItIs() {
        TechniqueChoice choice = TechniqueChoice.of(BASE, POOL).orElseThrow();
        assertThat(choice.at(choice.none())).isEmpty();
        assertThat(choice.template(choice.none())).isEqualTo(BASE);
        assertThat(choice.none().values()).containsOnlyKeys("use.cross-network", "use.label-smoothing");
    }

    @Test
    void aPointIsItsTechniquesWithTheirParametersOneAfterTheOther() {
        TechniqueChoice choice = TechniqueChoice.of(BASE, POOL).orElseThrow();
        ParameterValues point = choice.space()
                .require(new ParameterValues(Map.of(
                        "use.cross-network", false,
                        "use.label-smoothing", true,
                        "label-smoothing.smoothing", 0.1)));
        List<ChosenTechnique> chosen = choice.at(point);
        assertThat(chosen).extracting(ChosenTechnique::name).containsExactly("label-smoothing");
        assertThat(chosen.get(0).json()).isEqualTo("{\"label-smoothing.smoothing\":0.1}");
        assertThat(chosen.get(0).edits()).isEqualTo(2);
        assertThat(choice.template(point))
                .isEqualTo(POOL.get(1).apply(BASE, ParameterValues.empty().with("label-smoothing.smoothing", 0.1)));
        assertThat(ChosenTechnique.read(
                        List.of("label-smoothing"), List.of(chosen.get(0).json())))
                .extracting(ChosenTechnique::theta)
                .containsExactly(chosen.get(0).theta());
    }

    @Test
    void techniquesThatSetTheSameFieldAreInConflict() {
        Technique mean = Techniques.named("history-pooling");
        Technique weighted = Techniques.named("position-weighted-history");
        TechniqueChoice choice =
                TechniqueChoice.of(BASE, List.of(mean, weighted)).orElseThrow();
        ParameterValues both = choice.space()
                .completed(new ParameterValues(
                        Map.of("use.history-pooling", true, "use.position-weighted-history", true)));
        assertThat(choice.at(both)).hasSize(2);
        assertThat(choice.conflict(both).orElseThrow()).contains("history-pooling", "position-weighted-history");
        assertThat(choice.conflict(choice.none())).isEmpty();
    }

    @Test
    void thereIsNoChoiceWhereNothingFits() {
        assertThat(TechniqueChoice.of(BASE, List.of(Techniques.named("item-tower-cache"))))
                .isEmpty();
        assertThat(TechniqueChoice.of(BASE, List.of())).isEmpty();
    }

    @Test
    void allTechniquesTogetherAreASpaceThatAnOptimizerSearches() {
        TechniqueChoice choice = TechniqueChoice.of(BASE, Techniques.all()).orElseThrow();
        FleetObjective alone = new FleetObjective(0.05, 1, 0.05, Map.of("m", 1.0));
        FleetOptimizer optimizer = new FleetOptimizer(
                choice.space(), alone, OptimizerSettings.of(choice.space()).withInitial(List.of(choice.none())), 1);
        List<Suggestion> suggestions = optimizer.ask(5, List.of());
        assertThat(suggestions).hasSize(5);
        assertThat(suggestions.get(0).theta()).isEqualTo(choice.none());
        suggestions.forEach(suggestion -> choice.at(suggestion.theta())
                .forEach(chosen -> assertThat(chosen.technique().searchSpace().problems(chosen.theta()))
                        .isEmpty()));
    }
}
