package dev.smt.jobs.cli;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.search.Parameter;
import dev.smt.technique.Technique;
import dev.smt.technique.Techniques;
import dev.smt.template.Template;
import dev.smt.template.TemplateCatalog;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smt technique list|show}. */
@Command(
        name = "technique",
        mixinStandardHelpOptions = true,
        description = "The techniques that a study can try.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TechniqueCommand.ListTechniques.class, TechniqueCommand.Show.class},
        footer = {"", "Examples:", "  smt technique list", "  smt technique show cross-network"})
public final class TechniqueCommand {

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists all techniques.",
            footer = {"", "Examples:", "  smt technique list", "  smt technique list --format json"})
    static final class ListTechniques implements Callable<Integer> {
        @Mixin
        private FormatOption format;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            format.print(ListTechniques::rows, () -> words(out), out);
            out.flush();
            return 0;
        }

        private static TextRows rows() {
            TextRows.Builder rows = TextRows.of("technique", "kind", "templates", "search_space", "paper");
            for (Technique technique : Techniques.all()) {
                rows.add(technique.name(), kind(technique), fitting(technique), space(technique), technique.paper());
            }
            return rows.rows();
        }

        private static void words(PrintWriter out) {
            for (Technique technique : Techniques.all()) {
                out.printf(
                        "%-22s %-13s %-50s %s  [%s]%n",
                        technique.name(),
                        kind(technique),
                        String.join(" ", fitting(technique)),
                        space(technique),
                        technique.paper());
            }
        }

        private static String kind(Technique technique) {
            return technique.kind().name().toLowerCase(Locale.ROOT);
        }

        private static String space(Technique technique) {
            return technique.searchSpace().parameters().stream()
                    .map(TechniqueCommand::describe)
                    .collect(Collectors.joining("; "));
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Describes one technique.",
            footer = {"", "Example:", "  smt technique show cross-network"})
    static final class Show implements Callable<Integer> {
        @Parameters(paramLabel = "NAME", description = "The technique's name.")
        private String name;

        @Spec
        private CommandSpec spec;

        @Override
        public Integer call() {
            Technique technique = Techniques.all().stream()
                    .filter(known -> known.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new InvalidInputException("there is no technique \"" + name + "\"; allowed: "
                            + Techniques.all().stream().map(Technique::name).collect(Collectors.joining(", "))));
            PrintWriter out = spec.commandLine().getOut();
            out.println(technique.name() + " (version " + technique.version() + ", "
                    + technique.kind().name().toLowerCase(Locale.ROOT) + ")");
            out.println(technique.summary());
            out.println("paper: " + technique.paper());
            out.println("templates: " + String.join(", ", fitting(technique)));
            technique
                    .searchSpace()
                    .parameters()
                    .forEach(parameter -> out.println("  " + describe(parameter) + ", default "
                            + technique.defaults().values().getOrDefault(parameter.name(), "inactive")));
            technique.searchSpace().conditions().forEach(condition -> out.println("  " + condition));
            technique.searchSpace().constraints().forEach(constraint -> out.println("  " + constraint));
            out.flush();
            return 0;
        }
    }

    private static List<String> fitting(Technique technique) {
        return TemplateCatalog.builtIn().stream()
                .filter(technique::fits)
                .map(Template::name)
                .toList();
    }

    private static String describe(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return real.name() + " " + real.low() + ".." + real.high() + (real.log() ? " log" : "");
        } else if (parameter instanceof Parameter.Whole whole) {
            return whole.name() + " " + whole.low() + ".." + whole.high() + (whole.log() ? " log" : "");
        } else if (parameter instanceof Parameter.Categorical categorical) {
            return categorical.name() + " " + String.join("|", categorical.levels());
        }
        return parameter.name() + " true|false";
    }
}
