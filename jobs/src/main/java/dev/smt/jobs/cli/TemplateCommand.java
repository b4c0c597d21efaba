package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.catalog.ChangeCauses;
import dev.smt.jobs.catalog.ChangeCauses.ExplainedChange;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.catalog.RollbackStep;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.template.TemplateJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code smt template list|show|diff|export|rollback}. */
@Command(
        name = "template",
        mixinStandardHelpOptions = true,
        description = "The template catalog.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            TemplateCommand.ListVersions.class,
            TemplateCommand.Show.class,
            TemplateCommand.Diff.class,
            TemplateCommand.Export.class,
            TemplateCommand.Rollback.class
        })
public final class TemplateCommand {

    /** A command on the catalog. */
    private abstract static class CatalogCommand implements Callable<Integer> {
        @Mixin
        private ConfigurationOptions options;

        @Spec
        private CommandSpec spec;

        abstract void run(RunContext context, PrintWriter out);

        @Override
        public final Integer call() {
            SmtConfiguration configuration = options.load();
            Settings settings = Settings.of(configuration);
            PrintWriter out = spec.commandLine().getOut();
            try (Session session = Session.open(configuration, settings, out)) {
                run(session.context(), out);
            }
            out.flush();
            return 0;
        }
    }

    /** A command that only reads the catalog. */
    private abstract static class CatalogReader extends CatalogCommand {
        abstract void print(PublishedTemplates templates, PrintWriter out);

        @Override
        final void run(RunContext context, PrintWriter out) {
            print(new PublishedTemplates(context.warehouse(), context.clock()), out);
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the published versions.")
    static final class ListVersions extends CatalogReader {
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
    static final class Show extends CatalogReader {
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
            description = "Prints the fields in which two versions differ, and the technique or cause behind each.")
    static final class Diff extends CatalogReader {
        @Parameters(index = "0", paramLabel = "FROM", description = "Such as sparse-nn-medium@1.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "Such as sparse-nn-medium@2.")
        private String to;

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            List<ExplainedChange> changes =
                    new ChangeCauses(templates).between(templates.version(from), templates.version(to));
            changes.forEach(out::println);
            if (changes.isEmpty()) {
                out.println("no difference");
            }
        }
    }

    @Command(name = "export", mixinStandardHelpOptions = true, description = "Writes a version's JSON into a file.")
    static final class Export extends CatalogReader {
        /** How the JSON is spelled. */
        enum Form {
            indented,
            canonical
        }

        @Parameters(
                paramLabel = "NAME[@VERSION]",
                description = "Such as sparse-nn-medium@1; without a version, the latest.")
        private String reference;

        @Option(names = "--output", required = true, paramLabel = "FILE", description = "The file to write.")
        private Path output;

        @Option(
                names = "--form",
                defaultValue = "indented",
                description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). The hash is over the"
                        + " canonical form.")
        private Form form;

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            TemplateVersionRow row = templates.versionOrLatest(reference);
            FleetCommand.write(
                    output, form == Form.canonical ? row.spec() : TemplateJson.writeIndented(templates.template(row)));
            out.println(row.template() + "@" + row.version() + " (hash " + row.specHash() + ") written to " + output);
        }
    }

    @Command(
            name = "rollback",
            mixinStandardHelpOptions = true,
            description = "Publishes the content of an earlier version as a new one; published versions never change.")
    static final class Rollback extends CatalogCommand {
        @Parameters(paramLabel = "NAME", description = "The template, such as sparse-nn-medium.")
        private String name;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "VERSION",
                description = "The number of the version whose content comes back.")
        private int to;

        @Override
        void run(RunContext context, PrintWriter out) {
            new StepRunner(context, Smt.VERSION).run(new RollbackStep(name, to));
        }
    }
}
