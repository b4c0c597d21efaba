package dev.smt.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.smt.jobs.Smt;
import dev.smt.jobs.config.SmtConfiguration;
import dev.smt.jobs.run.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What is under deploy fits the program, the settings and each other; it is text that no compiler reads. */
class DeploymentTest {
    private static final Path ROOT = Path.of("..");
    private static final Path KUBERNETES = ROOT.resolve("deploy/kubernetes");
    private static final Path DAGS = ROOT.resolve("deploy/airflow/dags/smt_airflow.py");

    /** A submit with its command, or the program's jar with its command; what is in capitals stands for something else. */
    private static final Pattern SHELL_COMMAND =
            Pattern.compile("(?:/submit [^\\n`]*-- |smt-jobs\\.jar +)([a-z][^\\n`&|#)]*)");

    private static final Pattern YAML_COMMAND = Pattern.compile("(?:arguments|args): \\[([^]]*)]");
    private static final Pattern DAG_STEP = Pattern.compile("Step\\(\"([a-z]+)\"");
    private static final Pattern DAG_COMMAND = Pattern.compile("command=\"([a-z]+)\"");
    private static final Pattern DAG_OPTION = Pattern.compile("\"(--[a-z-]+)\"");
    private static final Pattern SETTING = Pattern.compile("(?m)^    (spark\\.\\S+): '(.*)'$");

    @TempDir
    private Path folder;

    @Test
    void theDagHasTheStepsOfTheCycleInItsOrder() throws IOException {
        Settings settings =
                Settings.of(SmtConfiguration.load(ROOT.resolve("conf/demo.conf").toFile(), List.of("data=/nowhere")));
        assertThat(groups(DAG_STEP, Files.readString(DAGS)))
                .containsExactlyElementsOf(
                        settings.steps().stream().map(Step::name).toList());
    }

    @TestFactory
    Stream<DynamicTest> isACommandOfTheProgram() throws IOException {
        List<List<String>> commands = new ArrayList<>();
        for (Path file : textFiles()) {
            String text = Files.readString(file).replaceAll("\\\\\\n[ #]*", "");
            groups(SHELL_COMMAND, text).forEach(line -> commands.add(words(line, " +")));
            groups(YAML_COMMAND, text).forEach(list -> commands.add(words(list, ", *")));
        }
        assertThat(commands).extracting(words -> words.get(0)).contains("cycle", "maintain", "preflight");
        return commands.stream()
                .distinct()
                .map(words -> DynamicTest.dynamicTest(String.join(" ", words), () -> assertThat(Smt.commandLine()
                                .parseArgs(words.toArray(String[]::new))
                                .subcommand())
                        .isNotNull()));
    }

    @Test
    void theDagsCommandsHaveTheOptionsThatTheDagsGive() throws IOException {
        String operator = Files.readString(DAGS);
        List<String> commands = new ArrayList<>(groups(DAG_STEP, operator));
        commands.addAll(groups(DAG_COMMAND, Files.readString(DAGS.resolveSibling("smt_dags.py"))));
        assertThat(commands).hasSizeGreaterThan(9).contains("study", "maintain");
        List<String> options = groups(DAG_OPTION, operator);
        assertThat(options).containsExactlyInAnyOrder("--conf", "--set");
        CommandLine program = Smt.commandLine();
        for (String command : commands) {
            assertThat(program.getSubcommands()).containsKey(command);
            assertThat(program.getSubcommands().get(command).getCommandSpec().optionsMap())
                    .containsKeys(options.toArray(String[]::new));
        }
    }

    @Test
    void theSparkOperatorsApplicationHasTheShippedSettings() throws IOException {
        Map<String, String> shipped = new TreeMap<>();
        for (String line : Files.readAllLines(ROOT.resolve("deploy/spark/spark-defaults.conf"))) {
            // The image has the environment, and the operator a field of its own for the memory.
            if (!line.isBlank() && !line.matches("(#|spark\\.executorEnv\\.|spark\\.executor\\.memory ).*")) {
                String[] setting = line.split("\\s+", 2);
                shipped.put(setting[0], setting[1]);
            }
        }
        Map<String, String> application = new TreeMap<>();
        SETTING.matcher(Files.readString(KUBERNETES.resolve("cycle.yaml")))
                .results()
                .forEach(setting -> application.put(setting.group(1), setting.group(2)));
        assertThat(application).hasSizeGreaterThan(10).containsAllEntriesOf(shipped);
    }

    @Test
    void theSparkOperatorsApplicationHasTheSamePodsAsASubmit() throws IOException {
        String application = Files.readString(KUBERNETES.resolve("cycle.yaml"));
        for (String pod : List.of("driver-pod.yaml", "executor-pod.yaml")) {
            String text = Files.readString(KUBERNETES.resolve(pod));
            String specification = text.substring(text.indexOf("spec:\n"));
            assertThat(application).contains(specification.indent(6));
        }
    }

    @Test
    void imageAndApplicationHaveTheSparkOfTheBuild() throws IOException {
        String version = groups(
                        Pattern.compile("<spark\\.version>(.*)</spark\\.version>"),
                        Files.readString(ROOT.resolve("pom.xml")))
                .get(0);
        assertThat(Files.readString(ROOT.resolve("deploy/image/Dockerfile")))
                .contains("/apache/spark:" + version + "-scala2.13-java17-ubuntu\n");
        assertThat(Files.readString(KUBERNETES.resolve("cycle.yaml")))
                .contains("sparkVersion: " + version + "\n", "mainClass: " + Smt.class.getName() + "\n");
    }

    @Test
    void aSubmitToKubernetesEndsAsItsDriverEnded() throws Exception {
        Path submit = folder.resolve("bin/spark-submit");
        Files.createDirectory(submit.getParent());
        Files.writeString(
                submit, "#!/bin/sh\nprintf '%s\\n' \"$@\"\nprintf '\\t exit code: %s\\n' \"$DRIVER_ENDED\"\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        for (int code : List.of(0, 1, 2)) {
            Ended ended = run(
                    Map.of(
                            "SPARK_HOME", folder.toString(),
                            "SMT_IMAGE", "registry.example.com/smt:1",
                            "DRIVER_ENDED", Integer.toString(code)),
                    "deploy/kubernetes/submit",
                    "--master",
                    "k8s://https://host",
                    "--",
                    "cycle",
                    "--conf",
                    "fleet.conf");
            assertThat(ended.code()).isEqualTo(code);
            assertThat(ended.output())
                    .contains("spark.kubernetes.container.image=registry.example.com/smt:1\n")
                    .contains("\nlocal:///opt/smt/smt-jobs.jar\ncycle\n--conf\nfleet.conf\n");
        }
    }

    @Test
    void aSubmitToKubernetesWhosePodNeverRanFails() throws Exception {
        installation(
                "echo 'INFO LoggingPodStatusWatcherImpl: Application smt cycle with submission ID smt:smt-cycle finished'");
        Ended ended = run(
                Map.of("SPARK_HOME", folder.toString(), "SMT_IMAGE", "registry.example.com/smt:1"),
                "deploy/kubernetes/submit",
                "--",
                "cycle");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.output()).contains("how it ended is not in the log");
    }

    @Test
    void jarsOfTheUsersOwnGoWithThoseOfTheProgram() throws Exception {
        Path home = installation("printf '%s\\n' \"$@\"");
        Path shipped = Files.createFile(home.resolve("jobs/target/cluster/a.jar"));
        for (List<String> own : List.of(List.of("--jars", "b.jar,c.jar"), List.of("--jars", "b.jar", "--jars=c.jar"))) {
            List<String> options = new ArrayList<>(own);
            options.addAll(List.of("--master", "spark://host:7077"));
            Ended ended = submit(home, options);
            assertThat(ended.output()).containsOnlyOnce("--jars").contains("--jars\n" + shipped + ",b.jar,c.jar\n");
            assertThat(ended.code()).isZero();
        }
    }

    @ParameterizedTest
    @CsvSource({"FINISHED, 0, 0", "FAILED, 0, 1", "KILLED, 0, 1", "RUNNING, 0, 1", "FINISHED, 1, 1"})
    void aSubmitToAStandaloneClusterEndsAsItsDriverEnded(String state, int spark, int expected) throws Exception {
        Path home = installation("echo \"$@\"\n"
                + "echo '26/11/30 INFO ClientEndpoint: State of driver driver-1-0 is " + state
                + (state.equals("RUNNING") ? "" : ", exiting spark-submit JVM.") + "' >&2\nexit " + spark);
        Ended ended = submit(home, List.of("--master", "spark://host:7077", "--deploy-mode", "cluster"));
        assertThat(ended.code()).isEqualTo(expected);
        assertThat(ended.output()).contains("spark.standalone.submit.waitAppCompletion=true", "is " + state);
    }

    /** A program that is built, and a spark-submit that runs these lines. */
    private Path installation(String sparkSubmit) throws IOException {
        Path submit = folder.resolve("bin/spark-submit");
        Files.createDirectory(submit.getParent());
        Files.writeString(submit, "#!/bin/sh\n" + sparkSubmit + "\n");
        assertThat(submit.toFile().setExecutable(true)).isTrue();
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("jobs/target/cluster"));
        Files.createDirectories(home.resolve("deploy/spark"));
        Files.copy(ROOT.resolve("deploy/spark/submit"), home.resolve("deploy/spark/submit"));
        Files.createFile(home.resolve("jobs/target/smt-jobs.jar"));
        Files.writeString(home.resolve("jobs/target/jvm-options.txt"), "-Da=b");
        return home;
    }

    private Ended submit(Path home, List<String> options) throws Exception {
        List<String> command = new ArrayList<>(
                List.of("bash", home.resolve("deploy/spark/submit").toString()));
        command.addAll(options);
        command.addAll(List.of("--", "mmo"));
        return run(Map.of("SPARK_HOME", folder.toString()), command.toArray(String[]::new));
    }

    @Test
    void aSubmitWithoutAnImageIsBadUsage() throws Exception {
        Ended ended = run(Map.of("SMT_IMAGE", ""), "deploy/kubernetes/submit", "--", "cycle");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).startsWith("SMT_IMAGE is not set");
    }

    @Test
    void theTestsOfTheDagsPass() throws Exception {
        assumeTrue(
                run(Map.of(), "python3", "-c", "import sys; sys.exit(sys.version_info < (3, 9))")
                                .code()
                        == 0,
                "the DAGs' own tests are skipped: they need python3, 3.9 or later");
        Ended ended = run(Map.of(), "python3", "-B", "-m", "unittest", "discover", "deploy/airflow/tests");
        assertThat(ended.output()).contains("\nOK");
        assertThat(ended.code()).isZero();
    }

    private record Ended(int code, String output) {}

    private static Ended run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).directory(ROOT.toFile());
        builder.environment().putAll(environment);
        try {
            Process process = builder.redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException missing) {
            return new Ended(127, missing.getMessage());
        }
    }

    private static List<Path> textFiles() throws IOException {
        try (Stream<Path> all = Files.walk(ROOT.resolve("deploy"))) {
            return Stream.concat(
                            all.filter(Files::isRegularFile)
                                    .filter(file -> !file.toString().endsWith(".pyc")),
                            Stream.of("deploying.md", "cluster.md").map(ROOT.resolve("docs")::resolve))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> groups(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    private static List<String> words(String line, String separator) {
        return List.of(line.strip().replace("\"", "").split(separator));
    }
}
