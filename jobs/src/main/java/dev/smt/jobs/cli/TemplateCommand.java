package dev.smt.jobs.cli;

import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.template.FieldChange;
import dev.smt.template.TemplateDiff;
import dev.smt.template.TemplateJson;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smt template list|show|diff}. */
@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = "The template catalog.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TemplateCommand.ListVersions.class, TemplateCommand.Show.class, TemplateCommand.Diff.class})
public final class TemplateCommand {

    /** A command that reads the catalog. */
    private abstract static class CatalogCommand implements Callable<Integer> {
        @Mixin
        private ConfigurationOptions options;

        @Spec
        private CommandSpec spec;

        abstract void print(PublishedTemplates templates, PrintWriter out);

        @Override
        public final Integer call() {
            SmtConfiguration configuration = options.load();
            Settings settings = Settings.of(configuration);
            PrintWriter out = spec.commandLine().getOut();
            try (Session session =
                    Session.open(configuration, settings, spec.commandLine().getErr())) {
                print(new PublishedTemplates(session.context().warehouse(), Clock.systemUTC()), out);
            }
            out.flush();
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the published versions.")
    static final class ListVersions extends CatalogCommand {
        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            out.printf("%-34s %-18s %-12s %s%n", "version", "cause", "hash", "techniques");
            for (TemplateVersionRow row : templates.all()) {
                String techniques =
                        String.join(", ", RunJson.texts(row.techniques()).keySet());
                out.printf(
                        "%-34s %-18s %-12s %s%n",
                        row.template() + "@" + row.version(),
                        row.cause(),
                        row.specHash().substring(0, 12),
                        techniques.isEmpty() ? "none" : techniques);
            }
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints a version as JSON.")
    static final class Show extends CatalogCommand {
        @Parameters(paramLabel = "NAME@VERSION", description = "Such as sparse-nn-medium@1.")
        private String reference;

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            out.println(TemplateJson.writeIndented(templates.template(templates.version(reference))));
        }
    }

    @Command(
            name = "diff",
            mixinStandardHelpOptions = true,
            description = "Prints the fields in which two versions differ, and the techniques that came or went.")
    static final class Diff extends CatalogCommand {
        @Parameters(index = "0", paramLabel = "FROM", description = "Such as sparse-nn-medium@1.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "Such as sparse-nn-medium@2.")
        private String to;

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            TemplateVersionRow before = templates.version(from);
            TemplateVersionRow after = templates.version(to);
            List<FieldChange> changes = TemplateDiff.between(templates.template(before), templates.template(after));
            if (changes.isEmpty()) {
                out.println("no difference");
            }
            for (FieldChange change : changes) {
                out.println(change.path() + ": " + change.from() + " -> " + change.to()
                        + TechniqueTrace.of(templates, before, after, change.path())
                                .map(technique -> "   (" + technique + ")")
                                .orElse(""));
            }
        }
    }
}
