package dev.smt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.nn.Interaction;
import dev.smt.nn.Interaction.Cross;
import dev.smt.nn.Interaction.CrossMixture;
import dev.smt.nn.Interaction.Dot;
import dev.smt.nn.Interaction.Ensemble;
import dev.smt.nn.Interaction.FactorizationMachine;
import dev.smt.nn.Interaction.FactorizationStack;
import dev.smt.nn.Interaction.Mask;
import dev.smt.nn.Interaction.VectorCross;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The costs on the interactions' page are the estimator's. */
class InteractionsPageTest {
    private static final Path PAGE = Path.of("..", "docs", "interactions.md");

    @Test
    void saysWhatEachModuleCosts() throws IOException {
        String page = Files.readString(PAGE);
        InteractionCosts costs = new InteractionCosts(27, 16);
        modules().forEach((module, interaction) -> {
            Count count = costs.of(interaction);
            assertThat(page)
                    .contains(String.format(
                            Locale.ROOT,
                            "| %s | %,.0f | %,.0f | %,.0f |",
                            module,
                            costs.outputs(interaction),
                            count.flops(),
                            count.parameters()));
        });
        assertThat(modules().values().stream().map(Interaction::kind)).contains(Interaction.Kind.values());
    }

    private static Map<String, Interaction> modules() {
        Map<String, Interaction> modules = new LinkedHashMap<>();
        modules.put("`dot`", new Dot());
        modules.put("`cross`, 2 layers, full", new Cross(2, 0));
        modules.put("`cross`, 2 layers, rank 16", new Cross(2, 16));
        modules.put("`factorization-machine`", new FactorizationMachine());
        modules.put("`vector-cross`, 2 layers", new VectorCross(2));
        modules.put("`cross-mixture`, 2 layers, 4 experts, rank 16", new CrossMixture(2, 4, 16));
        modules.put("`ensemble`, 2 layers, rank 16", new Ensemble(2, 16));
        modules.put(
                "`factorization-stack`, 2 layers, rank 8, 8 + 8 vectors, hidden 64",
                new FactorizationStack(2, 8, 8, 8, 64));
        modules.put("`mask`, 2 blocks, aggregation 0.5, width 64", new Mask(2, 0.5, 64));
        return modules;
    }
}
