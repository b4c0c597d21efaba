package dev.smt.jobs;

import dev.smt.jobs.cli.AbCommand;
import dev.smt.jobs.cli.BenchmarkCommand;
import dev.smt.jobs.cli.CompletionCommand;
import dev.smt.jobs.cli.CycleCommand;
import dev.smt.jobs.cli.DemoCommand;
import dev.smt.jobs.cli.EffortCommand;
import dev.smt.jobs.cli.ErrorHandler;
import dev.smt.jobs.cli.FleetCommand;
import dev.smt.jobs.cli.GenerateCommand;
import dev.smt.jobs.cli.InitCommand;
import dev.smt.jobs.cli.MaintainCommand;
import dev.smt.jobs.cli.ModelCommand;
import dev.smt.jobs.cli.PreflightCommand;
import dev.smt.jobs.cli.ReportCommand;
import dev.smt.jobs.cli.ServeSqlCommand;
import dev.smt.jobs.cli.SqlCommand;
import dev.smt.jobs.cli.StatusCommand;
import dev.smt.jobs.cli.StepCommand;
import dev.smt.jobs.cli.StudyCommand;
import dev.smt.jobs.cli.TechniqueCommand;
import dev.smt.jobs.cli.TemplateCommand;
import org.apache.spark.SparkUserAppException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program: {@code smt COMMAND --conf FILE [--set key=value]...}. */
@Command(
        name = "smt",
        mixinStandardHelpOptions = true,
        version = Smt.VERSION,
        description = "The Standard Model Template: techniques tuned once, on a few representative models, reach every"
                + " model of the fleet through a shared template.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Examples:",
            "  smt demo",
            "  smt init --input clicks.csv --output conf/mine.conf",
            "",
            "Exit code: 0 done, 1 the work failed, 2 bad usage or configuration."
        },
        subcommands = {
            DemoCommand.class,
            InitCommand.class,
            GenerateCommand.class,
            CycleCommand.class,
            StudyCommand.class,
            ModelCommand.Train.class,
            ModelCommand.Score.class,
            AbCommand.class,
            BenchmarkCommand.class,
            EffortCommand.class,
            ReportCommand.class,
            SqlCommand.class,
            ServeSqlCommand.class,
            StatusCommand.class,
            PreflightCommand.class,
            MaintainCommand.class,
            FleetCommand.class,
            TemplateCommand.class,
            TechniqueCommand.class,
            CompletionCommand.class
        })
public final class Smt {
    public static final String VERSION = "0.1.0";

    private Smt() {}

    public static void main(String[] args) throws SparkUserAppException {
        int code = commandLine().execute(args);
        if (!isDriverOfYarn()) {
            System.exit(code);
        }
        // YARN takes an exit of its driver for a crash, whatever the code: main has to return, or to throw the code.
        if (code != 0) {
            throw new SparkUserAppException(code, null);
        }
    }

    /** In cluster mode the driver is inside of YARN's application master, which sets both. */
    private static boolean isDriverOfYarn() {
        return "yarn".equals(System.getProperty("spark.master"))
                && "cluster".equals(System.getProperty("spark.submit.deployMode"));
    }

    /** The command line, ready to be run; also by tests. */
    public static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Smt());
        StepCommand.all().forEach(step -> commandLine.addSubcommand(step.name(), step));
        ErrorHandler handler = new ErrorHandler();
        return commandLine
                .setExecutionStrategy(ErrorHandler::execute)
                .setExecutionExceptionHandler(handler)
                .setParameterExceptionHandler(handler)
                .setUsageHelpAutoWidth(true);
    }
}
