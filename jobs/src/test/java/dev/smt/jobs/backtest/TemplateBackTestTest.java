package dev.smt.jobs.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import dev.smt.fleet.FleetModel;
import dev.smt.jobs.TestSpark;
import dev.smt.jobs.catalog.ChangeCauses;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.integration.TechniqueStack;
import dev.smt.jobs.mmo.MmoConfiguration;
import dev.smt.jobs.run.Progress;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.BackTestRow;
import dev.smt.jobs.table.BackTestVerdictRow;
import dev.smt.jobs.table.ParameterSensitivityRow;
import dev.smt.jobs.table.TechniqueDecisionRow;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.jobs.table.Warehouse;
import dev.smt.jobs.trial.PairedResult;
import dev.smt.jobs.trial.PlantedDecisions;
import dev.smt.jobs.trial.PlantedModels;
import dev.smt.metric.ModelDelta;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import dev.smt.template.TemplateJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A new version on a planted fleet: real techniques and templates, but each model's delta follows from the template. */
class TemplateBackTestTest {
    private static final String NAME = "sparse-nn-medium";
    private static final String SMOOTHING = "label-smoothing";
    private static final String RATES = "learning-rates";
    private static final String POOLING = "history-pooling";
    private static final double ERROR = 0.02;

    private final StringWriter said = new StringWriter();
    private final List<TemplateVersionRow> published = new ArrayList<>();
    private final TemplateVersionRow base =
            publish(TemplateCatalog.named(NAME), OptionalInt.empty(), Map.of(), "built-in");

    @Test
    void aVersionWhoseGainsAddUpIsRolledOutAndNothingElseIsTrained() {
        Planted fleet = new Planted(template -> 0.2 * template.techniques().size());
        BackTestOutcome outcome = run(fleet, SMOOTHING, RATES);
        assertThat(outcome.version()).isEqualTo(2);
        assertThat(fleet.evaluated).containsExactly(List.of(Set.of(SMOOTHING, RATES)));
        assertThat(outcome.verdicts()).singleElement().satisfies(row -> {
            assertThat(row.passed()).isTrue();
            assertThat(row.shippedVersion()).hasValue(2);
            assertThat(row.mu()).hasValueCloseTo(0.4, within(1e-12));
            assertThat(row.muSe()).hasValueCloseTo(ERROR / 2, within(1e-12));
            assertThat(row.neededMu()).isCloseTo(0.32, within(1e-12));
        });
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void theCulpritIsNamedAndTheVersionWithoutItIsPublishedAndRolledOut() {
        Planted fleet = new Planted(template -> template.techniques().contains(RATES) ? -0.3 : 0.4);
        BackTestOutcome outcome = run(fleet, SMOOTHING, RATES, POOLING);
        assertThat(outcome.version()).isEqualTo(3);
        TemplateVersionRow mended = version(3);
        assertThat(mended.cause()).isEqualTo("back-test");
        assertThat(mended.parentVersion()).hasValue(2);
        assertThat(RunJson.texts(mended.techniques())).containsOnlyKeys(SMOOTHING, POOLING);
        assertThat(content(mended).techniques()).containsExactly(POOLING, SMOOTHING);
        assertThat(fleet.evaluated)
                .containsExactly(
                        List.of(Set.of(SMOOTHING, RATES, POOLING)),
                        List.of(Set.of(SMOOTHING, RATES), Set.of(SMOOTHING, POOLING), Set.of(RATES, POOLING)));
        assertThat(outcome.summary())
                .contains(
                        "leave-one-out of " + NAME + " version 2: 3 versions x 4 models = 12 trainings",
                        NAME + " version 3 published with " + SMOOTHING + ", " + POOLING + ", without " + RATES)
                .anySatisfy(line ->
                        assertThat(line).startsWith("left out: " + RATES + "; without it: passed: mu +0.400 %"));
    }

    @Test
    void trainingsAreSaidBeforeTheyRun() {
        Planted fleet = new Planted(template -> template.techniques().contains(RATES) ? -0.3 : 0.4);
        fleet.before = () -> fleet.saidBefore.add(said.toString());
        run(fleet, SMOOTHING, RATES);
        assertThat(fleet.saidBefore).hasSize(2);
        assertThat(fleet.saidBefore.get(1))
                .contains(
                        "failed; leaving out each of its 2 techniques in turn, at most 2 versions x 4 models",
                        "leave-one-out: 2 versions x 4 models = 8 trainings; left out: " + RATES + " | " + SMOOTHING);
    }

    @Test
    void everyTestedVersionHasItsRowsAndTheirKeysAreUnique() {
        Planted fleet = new Planted(template -> template.techniques().contains(RATES) ? -0.3 : 0.4);
        BackTestOutcome outcome = run(fleet, SMOOTHING, RATES, POOLING);
        assertThat(outcome.models())
                .hasSize(16)
                .extracting(BackTestRow::version)
                .containsOnly(2);
        assertThat(outcome.models())
                .extracting(row -> row.leftOut() + row.modelId())
                .doesNotHaveDuplicates();
        assertThat(outcome.models().stream().filter(row -> row.leftOut().equals(Optional.of(RATES))))
                .hasSize(4)
                .allMatch(BackTestRow::passed);
        assertThat(outcome.verdicts())
                .extracting(BackTestVerdictRow::leftOut)
                .containsExactly(Optional.empty(), Optional.of(POOLING), Optional.of(RATES), Optional.of(SMOOTHING));
        assertThat(outcome.verdicts())
                .extracting(BackTestVerdictRow::shippedVersion)
                .containsExactly(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3), OptionalInt.empty());
        assertThat(outcome.verdicts().get(2).techniques()).isEqualTo(SMOOTHING + ", " + POOLING);
    }

    @Test
    void templateDiffSaysThatTheBackTestRemovedTheTechnique(@TempDir Path folder) {
        run(new Planted(template -> template.techniques().contains(RATES) ? -0.3 : 0.4), SMOOTHING, RATES);
        Warehouse warehouse = Warehouse.open(TestSpark.session(), folder.toString());
        warehouse.append(TemplateVersionRow.TABLE, published);
        PublishedTemplates templates = new PublishedTemplates(warehouse, Clock.systemUTC());
        ChangeCauses causes = new ChangeCauses(templates);
        assertThat(causes.between(templates.version(NAME, 2), templates.version(NAME, 3)))
                .extracting(Object::toString)
                .contains(
                        "training.decay: 0.1 -> 1   (learning-rates removed by back-test in version 3)",
                        "techniques: [\"label-smoothing\",\"learning-rates\"] -> [\"label-smoothing\"]   (learning-rates"
                                + " removed by back-test in version 3)");
        assertThat(causes.between(base, templates.version(NAME, 3)))
                .extracting(Object::toString)
                .contains("training.label-smoothing: 0 -> 0.1   (label-smoothing added in version 2)");
    }

    @Test
    void whereNothingHelpsTheOldVersionStaysAndNothingIsPublished() {
        BackTestOutcome outcome = run(new Planted(template -> -0.3), SMOOTHING, RATES);
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(published.size()).isEqualTo(2);
        assertThat(outcome.verdicts()).hasSize(3).allMatch(row -> row.shippedVersion()
                .isEmpty());
        assertThat(outcome.summary())
                .contains(
                        "no technique is left out: no version with fewer techniques passed",
                        NAME + " stays at version 1");
    }

    @Test
    void oneNewTechniqueIsNotLeftOut() {
        Planted fleet = new Planted(template -> -0.3);
        BackTestOutcome outcome = run(fleet, SMOOTHING);
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(fleet.evaluated).hasSize(1);
        assertThat(outcome.summary()).contains(NAME + " version 2 has 1 new technique, so there is none to leave out");
    }

    @Test
    void aModelThatFailsToTrainInTheWholeVersionIsACulpritsDoingToo() {
        BackTestOutcome outcome = run(
                new Planted(template -> template.techniques().contains(SMOOTHING) ? Double.NaN : 0.4),
                SMOOTHING,
                RATES);
        assertThat(outcome.version()).isEqualTo(3);
        assertThat(RunJson.texts(version(3).techniques())).containsOnlyKeys(RATES);
        assertThat(outcome.verdicts().get(0).mu()).isEmpty();
        assertThat(outcome.models().get(0).reason()).contains("planted");
    }

    @Test
    void aTechniqueOfTheOldVersionStaysWhereItIsTunedAnewAndThatIsLeftOut() {
        NewTechniques first = new NewTechniques(content(base), decisions(SMOOTHING, RATES), List.of());
        TemplateVersionRow tuned = publish(base, first);
        TechniqueDecisionRow other = PlantedDecisions.accepted(RATES, 0.1, Map.of("learning-rates.decay", 0.5));
        List<TechniqueDecisionRow> decisions = List.of(PlantedDecisions.accepted(POOLING, 0.2, Map.of()), other);
        NewTechniques second = new NewTechniques(content(tuned), decisions, List.of());
        TemplateVersionRow next = publish(tuned, second);
        assertThat(NewTechniques.between(tuned, next, decisions)).containsExactlyElementsOf(decisions);
        BackTestOutcome outcome = backTest(
                tuned, next, second, new Planted(template -> template.training().decay() > 0.3 ? -0.3 : 0.4));
        TemplateVersionRow shipped = version(outcome.version());
        assertThat(RunJson.texts(shipped.techniques())).containsOnlyKeys(SMOOTHING, RATES, POOLING);
        assertThat(RunJson.texts(shipped.techniques()).get(RATES))
                .isEqualTo(RunJson.texts(tuned.techniques()).get(RATES));
    }

    @Test
    void exposedFieldsOfWhatStaysStayExposed() {
        OptionalDouble none = OptionalDouble.empty();
        List<ParameterSensitivityRow> sensitivity = List.of(
                new ParameterSensitivityRow(
                        "run",
                        "study",
                        RATES,
                        "learning-rates.decay",
                        none,
                        none,
                        none,
                        none,
                        "EXPOSE",
                        "test",
                        none,
                        none,
                        none,
                        none,
                        none),
                new ParameterSensitivityRow(
                        "run",
                        "study",
                        SMOOTHING,
                        "label-smoothing.smoothing",
                        none,
                        none,
                        none,
                        none,
                        "EXPOSE",
                        "test",
                        none,
                        none,
                        none,
                        none,
                        none));
        NewTechniques added = new NewTechniques(content(base), decisions(SMOOTHING, RATES), sensitivity);
        TemplateVersionRow next = publish(base, added);
        BackTestOutcome outcome = backTest(
                base, next, added, new Planted(template -> template.techniques().contains(SMOOTHING) ? -0.3 : 0.4));
        assertThat(content(version(outcome.version())).exposedPaths()).containsExactly("training.decay");
    }

    @Test
    void aVersionThatTheTablesNoLongerGiveIsNotTakenApart() {
        NewTechniques added = new NewTechniques(content(base), decisions(SMOOTHING, RATES), List.of());
        TemplateVersionRow next = publish(base, added);
        NewTechniques changed = new NewTechniques(
                content(base),
                List.of(
                        PlantedDecisions.accepted(SMOOTHING, 0.3, Map.of()),
                        PlantedDecisions.accepted(RATES, 0.1, Map.of("learning-rates.decay", 0.9))),
                List.of());
        Planted fleet = new Planted(template -> -0.3);
        BackTestOutcome outcome = backTest(base, next, changed, fleet);
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(fleet.evaluated).hasSize(1);
        assertThat(outcome.summary()).anySatisfy(line -> assertThat(line).endsWith("run integrate again"));
    }

    @Test
    void aTemplateWithoutModelsToTestOnIsNotRolledOut() {
        NewTechniques added = new NewTechniques(content(base), decisions(SMOOTHING), List.of());
        Planted nobody = new Planted(template -> 1);
        nobody.models = List.of();
        BackTestOutcome outcome = backTest(base, publish(base, added), added, nobody);
        assertThat(outcome.version()).isEqualTo(1);
        assertThat(outcome.verdicts()).isEmpty();
        assertThat(nobody.evaluated).isEmpty();
    }

    private BackTestOutcome run(Planted fleet, String... techniques) {
        NewTechniques added = new NewTechniques(content(base), decisions(techniques), List.of());
        return backTest(base, publish(base, added), added, fleet);
    }

    private BackTestOutcome backTest(
            TemplateVersionRow from, TemplateVersionRow next, NewTechniques added, Planted fleet) {
        MmoConfiguration study = new SmtConfiguration("test", ConfigFactory.empty())
                .read(root -> MmoConfiguration.read(root.section("mmo")));
        Progress progress = new Progress(new PrintWriter(said), false, Clock.systemUTC());
        Map<String, Double> gains = new TreeMap<>();
        added.names().forEach(name -> gains.put(name, 0.2));
        return new TemplateBackTest(
                        "backtest-1",
                        "study",
                        new BackTestConfiguration(0.8, false),
                        study,
                        (template, parent, techniques) ->
                                publish(template, OptionalInt.of(parent.version()), techniques, BackTestStep.CAUSE),
                        (version, models, results) -> {},
                        progress)
                .of(from, next, added, gains, fleet);
    }

    private TemplateVersionRow publish(TemplateVersionRow from, NewTechniques added) {
        TechniqueStack stack = added.without(Set.of());
        return publish(
                stack.template(),
                OptionalInt.of(from.version()),
                stack.techniques(RunJson.texts(from.techniques())),
                "integration");
    }

    private TemplateVersionRow publish(
            Template template, OptionalInt parent, Map<String, String> techniques, String cause) {
        TemplateVersionRow row = new TemplateVersionRow(
                "run",
                template.name(),
                published.size() + 1,
                parent,
                TemplateJson.write(template),
                TemplateJson.hash(template),
                RunJson.write(techniques),
                Instant.EPOCH,
                cause);
        published.add(row);
        return row;
    }

    private TemplateVersionRow version(int number) {
        return published.get(number - 1);
    }

    private static Template content(TemplateVersionRow row) {
        return TemplateJson.read(row.spec());
    }

    /** The first is the strongest. */
    private static List<TechniqueDecisionRow> decisions(String... techniques) {
        List<TechniqueDecisionRow> decisions = new ArrayList<>();
        for (int i = 0; i < techniques.length; i++) {
            decisions.add(PlantedDecisions.accepted(techniques[i], 0.5 - 0.1 * i, Map.of()));
        }
        return decisions;
    }

    /** Four models of equal weight with one delta; NaN: the training fails. */
    private static final class Planted implements VersionTrials {
        private final ToDoubleFunction<Template> law;
        private final List<List<Set<String>>> evaluated = new ArrayList<>();
        private final List<String> saidBefore = new ArrayList<>();
        private List<FleetModel> models = List.of(
                PlantedModels.model("a", 1),
                PlantedModels.model("b", 1),
                PlantedModels.model("c", 1),
                PlantedModels.model("d", 1));
        private Runnable before = () -> {};

        Planted(ToDoubleFunction<Template> law) {
            this.law = law;
        }

        @Override
        public List<FleetModel> models() {
            return models;
        }

        @Override
        public List<List<PairedResult>> evaluate(List<Template> versions) {
            before.run();
            evaluated.add(versions.stream()
                    .map(template -> (Set<String>) new TreeSet<>(template.techniques()))
                    .toList());
            return versions.stream()
                    .map(template -> models.stream()
                            .map(model -> result(model, law.applyAsDouble(template)))
                            .toList())
                    .toList();
        }

        private static PairedResult result(FleetModel model, double delta) {
            boolean failed = Double.isNaN(delta);
            return new PairedResult(
                    failed ? ModelDelta.failure(model.id()) : new ModelDelta(model.id(), false, delta, ERROR),
                    failed ? Optional.of("planted") : Optional.empty(),
                    failed ? OptionalDouble.empty() : OptionalDouble.of(0.8),
                    0.8,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    1,
                    1,
                    0,
                    0,
                    "cpu",
                    "driver",
                    List.of(),
                    Optional.empty());
        }
    }
}
