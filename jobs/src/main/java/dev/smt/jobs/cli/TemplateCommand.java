package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.catalog.ChangeCauses;
import dev.smt.jobs.catalog.ChangeCauses.ExplainedChange;
import dev.smt.jobs.catalog.PublishedTemplates;
import dev.smt.jobs.catalog.RollbackStep;
import dev.smt.jobs.run.RunContext;
import dev.smt.jobs.run.RunJson;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.table.TemplateVersionRow;
import dev.smt.template.TemplateJson;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
        },
        footer = {
            "",
            "Examples:",
            "  smt template list --conf conf/demo.conf",
            "  smt template diff --conf conf/demo.conf sparse-nn-medium@1 sparse-nn-medium@2"
        })
public final class TemplateCommand {

    /** A command that only reads the catalog. */
    private abstract static class CatalogReader extends WarehouseCommand {
        abstract void print(PublishedTemplates templates, PrintWriter out);

        @Override
        final void run(RunContext context, Settings settings, PrintWriter out) {
            print(new PublishedTemplates(context.warehouse(), context.clock()), out);
        }
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Lists the published versions.",
            footer = {
                "",
                "Examples:",
                "  smt template list --conf conf/demo.conf",
                "  smt template list --conf conf/demo.conf --format json"
            })
    static final class ListVersions extends CatalogReader {
        @Mixin
        private FormatOption format;

        @Override
        boolean printsData() {
            return format.isData();
        }

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            format.print(() -> rows(templates.all()), () -> words(templates.all(), out), out);
        }

        private static TextRows rows(List<TemplateVersionRow> versions) {
            TextRows.Builder rows = TextRows.of(
                    "template", "version", "parent_version", "cause", "spec_hash", "techniques", "published_at");
            for (TemplateVersionRow row : versions) {
                OptionalInt parent = row.parentVersion();
                rows.add(
                        row.template(),
                        row.version(),
                        parent.isPresent() ? Optional.of(parent.getAsInt()) : Optional.empty(),
                        row.cause(),
                        row.specHash(),
                        techniques(row),
                        row.publishedAt().toString());
            }
            return rows.rows();
        }

        private static void words(List<TemplateVersionRow> versions, PrintWriter out) {
            out.printf("%-34s %-18s %-12s %s%n", "version", "cause", "hash", "techniques");
            for (TemplateVersionRow row : versions) {
                String techniques = String.join(", ", techniques(row));
                out.printf(
                        "%-34s %-18s %-12s %s%n",
                        row.template() + "@" + row.version(),
                        row.cause(),
                        row.specHash().substring(0, 12),
                        techniques.isEmpty() ? "none" : techniques);
            }
        }

        private static List<String> techniques(TemplateVersionRow row) {
            return List.copyOf(RunJson.texts(row.techniques()).keySet());
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Prints a version as JSON.",
            footer = {"", "Example:", "  smt template show --conf conf/demo.conf sparse-nn-medium@1"})
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
            description = "Prints the fields in which two versions differ, and the technique or cause behind each.",
            footer = {"", "Example:", "  smt template diff --conf conf/demo.conf sparse-nn-medium@1 sparse-nn-medium@2"
            })
    static final class Diff extends CatalogReader {
        @Mixin
        private FormatOption format;

        @Parameters(index = "0", paramLabel = "FROM", description = "Such as sparse-nn-medium@1.")
        private String from;

        @Parameters(index = "1", paramLabel = "TO", description = "Such as sparse-nn-medium@2.")
        private String to;

        @Override
        void print(PublishedTemplates templates, PrintWriter out) {
            List<ExplainedChange> changes =
                    new ChangeCauses(templates).between(templates.version(from), templates.version(to));
            format.print(() -> rows(changes), () -> words(changes, out), out);
        }

        @Override
        boolean printsData() {
            return format.isData();
        }

        private static TextRows rows(List<ExplainedChange> changes) {
            TextRows.Builder rows = TextRows.of("path", "from", "to", "causes");
            changes.forEach(explained -> rows.add(
                    explained.change().path(),
                    explained.change().from(),
                    explained.change().to(),
                    explained.causes()));
            return rows.rows();
        }

        private static void words(List<ExplainedChange> changes, PrintWriter out) {
            changes.forEach(out::println);
            if (changes.isEmpty()) {
                out.println("no difference");
            }
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes a version's JSON into a file.",
            footer = {
                "",
                "Example:",
                "  smt template export --conf conf/demo.conf sparse-nn-medium --output template.json"
            })
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
            description = "Publishes the content of an earlier version as a new one; published versions never change.",
            footer = {"", "Example:", "  smt template rollback --conf conf/demo.conf sparse-nn-medium --to 1"})
    static final class Rollback extends WarehouseCommand {
        @Parameters(paramLabel = "NAME", description = "The template, such as sparse-nn-medium.")
        private String name;

        @Option(
                names = "--to",
                required = true,
                paramLabel = "VERSION",
                description = "The number of the version whose content comes back.")
        private int to;

        @Override
        void run(RunContext context, Settings settings, PrintWriter out) {
            new StepRunner(context, Smt.VERSION).run(new RollbackStep(name, to));
        }
    }
}
