package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.report.Report;
import dev.smt.jobs.run.RunContext;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code smt report}. */
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        description =
                "Writes what is in the warehouse as one HTML file with charts, which needs no network and no other file.",
        footer = {"", "Example:", "  smt report --conf conf/demo.conf --output report.html"})
public final class ReportCommand extends WarehouseCommand {
    private static final double MEGABYTE = 1e6;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = "smt-report.html",
            description = "The file; one that is there is replaced (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Override
    void check(Settings settings) {
        Path folder = output.toAbsolutePath().getParent();
        if (Files.isDirectory(output) || !Files.isDirectory(folder)) {
            throw new InvalidInputException(
                    "--output is \"" + output + "\"; allowed: a file in a folder that is there (" + folder + ")");
        }
    }

    @Override
    void run(RunContext context, Settings settings, PrintWriter out) {
        Path source = Path.of(context.configuration().source());
        String html = Report.html(
                context.warehouse(),
                source.getFileName().toString(),
                "smt sql --conf " + source,
                Smt.VERSION,
                context.clock().instant());
        FleetCommand.write(output, html);
        out.printf("report: %s (%.1f MB)%n", output, html.getBytes(StandardCharsets.UTF_8).length / MEGABYTE);
    }
}
