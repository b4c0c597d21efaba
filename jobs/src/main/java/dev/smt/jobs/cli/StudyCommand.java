package dev.smt.jobs.cli;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.StepRunner;
import dev.smt.jobs.study.AaPlan;
import dev.smt.jobs.study.AaStep;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code smt study --a-a}. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        description = "Says beforehand what a study on this fleet can find, and how often it accepts techniques that do"
                + " nothing. Runs ingest, representatives and importance first, where they are missing.",
        footer = {"", "Example:", "  smt study --a-a --conf conf/demo.conf --simulated 200 --trained 20 --seeds 24"})
public final class StudyCommand implements Callable<Integer> {
    @Mixin
    private ConfigurationOptions options;

    @Option(
            names = "--a-a",
            required = true,
            description = "Techniques that do nothing, and ones with a planted effect; nothing else is there yet.")
    private boolean doNothing;

    @Option(
            names = "--simulated",
            paramLabel = "N",
            defaultValue = "200",
            description = "Decisions per effect with drawn noise (default: ${DEFAULT-VALUE}).")
    private int simulated;

    @Option(
            names = "--trained",
            paramLabel = "N",
            defaultValue = "20",
            description =
                    "Decisions per effect with trained models, one seed against another (default: ${DEFAULT-VALUE}).")
    private int trained;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "24",
            description = "How often each representative's baseline is trained (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--effects",
            paramLabel = "E",
            split = ",",
            defaultValue = "0,0.1,0.2,0.5,1",
            description = "True effects in percent NE (default: ${DEFAULT-VALUE}).")
    private List<Double> effects;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        SmtConfiguration configuration = options.load();
        Settings settings = Settings.of(configuration);
        AaStep step = new AaStep(settings.mmo(), plan());
        try (Session session =
                Session.open(configuration, settings, spec.commandLine().getOut())) {
            StepRunner runner = new StepRunner(session.context(), Smt.VERSION);
            step.needs().forEach(name -> runner.run(settings.step(name)));
            runner.run(step);
        }
        return 0;
    }

    private AaPlan plan() {
        try {
            return new AaPlan(simulated, trained, seeds, effects);
        } catch (IllegalArgumentException bad) {
            throw new InvalidInputException(bad.getMessage());
        }
    }
}
