package dev.smt.jobs.cli;

import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.InputFormat;
import dev.smt.jobs.ingest.SourceConfiguration;
import dev.smt.jobs.profile.ColumnGuesses;
import dev.smt.jobs.profile.ConfigurationText;
import dev.smt.jobs.profile.DataProfile;
import dev.smt.jobs.profile.DataProfiler;
import dev.smt.jobs.profile.GuessReport;
import dev.smt.jobs.profile.Guesses;
import dev.smt.jobs.profile.Hints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt init}: the first configuration for a user's own data. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Looks at your data and writes a first configuration for it, with comments: which column is the time, the label,"
                    + " the user, which are features, and how the rows split into a fleet of models.",
            "It says what it guessed and why, and what you must check. It never overwrites a file."
        },
        footer = {
            "",
            "Examples:",
            "  smt init --input clicks.csv --output conf/mine.conf",
            "  smt init --input /logs/2026-* --input-format parquet --output mine.conf --time event_ms --label bought",
            "  smt init --input export.txt --input-format csv --option sep=; --output mine.conf"
        })
public final class InitCommand implements Callable<Integer> {
    private static final String INPUT = "--input";

    @Option(
            names = INPUT,
            required = true,
            paramLabel = "PATH",
            description = "Rows of impressions, one table: a file, folder or pattern of Parquet, CSV, JSON or Delta.")
    private String input;

    @Option(
            names = {"--input-format", "--format"},
            paramLabel = "FORMAT",
            description = "parquet, csv, json or delta, where the name of the input doesn't say it.")
    private Optional<String> format;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of Spark's reader, such as sep=; or header=false. May be given several times.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The configuration to write.")
    private Path output;

    @Option(names = "--time", paramLabel = "COLUMN", description = "The time of a row (default: guessed).")
    private Optional<String> time;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "What models predict, 0 or 1 (default: guessed). May be given several times.")
    private List<String> labels = new ArrayList<>();

    @Option(names = "--unit", paramLabel = "COLUMN", description = "The user of a row (default: guessed).")
    private Optional<String> unit;

    @Option(
            names = "--split",
            paramLabel = "COLUMN",
            description = "Its values have models of their own (default: guessed). May be given several times.")
    private List<String> split = new ArrayList<>();

    @Option(
            names = "--rows",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many rows to look at, about; of more, a random part (default: ${DEFAULT-VALUE}).")
    private long rows;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        check();
        Guesses guesses;
        try (SparkSession spark = Session.spark(Map.of())) {
            DataProfile data = new DataProfiler(spark, INPUT).profile(source(spark), rows);
            guesses = ColumnGuesses.of(data, new Hints(time, labels, unit, split));
        }
        write(new ConfigurationText(guesses, "warehouse/" + stem()).text());
        tell(guesses);
        return 0;
    }

    private void check() {
        List<String> problems = new ArrayList<>();
        if (Files.exists(output)) {
            problems.add(exists());
        } else if (!Files.isDirectory(output.toAbsolutePath().getParent())) {
            problems.add("--output is \"" + output + "\", whose folder does not exist; make it first");
        }
        format.filter(name -> !SourceConfiguration.FORMATS.contains(name))
                .ifPresent(name -> problems.add("--input-format is \"" + name + "\"; allowed: "
                        + String.join(", ", SourceConfiguration.FORMATS)));
        if (rows < 1) {
            problems.add("--rows is " + rows + "; allowed: 1 or more");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
    }

    private SourceConfiguration source(SparkSession spark) {
        String known = format.or(() -> InputFormat.of(spark, INPUT, input))
                .orElseThrow(() -> new InvalidInputException(INPUT + " is \"" + input + "\", whose name doesn't say its"
                        + " format; add --input-format parquet, csv, json or delta"));
        return new SourceConfiguration(INPUT, absolute(input), known, "", options);
    }

    /** The configuration is read from any folder. */
    private static String absolute(String path) {
        boolean isLocal =
                !path.isBlank() && new org.apache.hadoop.fs.Path(path).toUri().getScheme() == null;
        return isLocal ? Path.of(path).toAbsolutePath().normalize().toString() : path;
    }

    private String stem() {
        return output.getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private String exists() {
        return "--output is \"" + output
                + "\", which exists already and is never overwritten; allowed: a new file. Choose"
                + " another name, or delete it first";
    }

    private void write(String text) {
        try {
            Files.write(output, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
        } catch (FileAlreadyExistsException there) {
            throw new InvalidInputException(exists());
        } catch (IOException failure) {
            throw new InvalidInputException("--output is \"" + output + "\", which can't be written ("
                    + failure.getClass().getSimpleName() + "); allowed: a file in a folder that you may write to");
        }
    }

    private void tell(Guesses guesses) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("looked at " + guesses.data().sampled() + " of "
                + guesses.data().rows() + " rows");
        GuessReport.lines(guesses).forEach(line -> out.println("  " + line));
        out.println("written: " + output);
        out.println("check (lines with CHECK in the file):");
        guesses.checks().forEach(check -> out.println("  - " + check));
        out.println("then:");
        out.println("  smt fleet validate --conf " + output);
        out.println("  smt cycle --conf " + output + " --dry-run");
        out.println("  smt cycle --conf " + output);
        out.flush();
    }
}
