package dev.smt.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Spark master and workers, each a process of this machine: one that can be killed. */
public final class StandaloneCluster implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final String HOST = "127.0.0.1";

    private final Path home;
    private final int cores;
    private final int megabytes;
    private final String master;
    private final URI state;
    /** The master first. */
    private final List<Process> processes = new ArrayList<>();

    private StandaloneCluster(Path home, int cores, int megabytes) throws IOException {
        this.home = home;
        this.cores = cores;
        this.megabytes = megabytes;
        int port = freePort();
        int pages = freePort();
        master = "spark://" + HOST + ":" + port;
        state = URI.create("http://" + HOST + ":" + pages + "/json/");
        start("master.Master", "--port", Integer.toString(port), "--webui-port", Integer.toString(pages));
    }

    /**
     * Starts it, and returns when all workers are there.
     *
     * @param home a folder for its executors
     * @param cores of each worker
     * @param megabytes of each worker's executors
     */
    public static StandaloneCluster start(Path home, int workers, int cores, int megabytes)
            throws IOException, InterruptedException {
        StandaloneCluster cluster = new StandaloneCluster(home, cores, megabytes);
        try {
            for (int i = 0; i < workers; i++) {
                cluster.start(
                        "worker.Worker",
                        "--webui-port",
                        "0",
                        "--work-dir",
                        home.resolve("work-" + i).toString(),
                        "--cores",
                        Integer.toString(cores),
                        "--memory",
                        megabytes + "m",
                        cluster.master);
            }
            cluster.waitForWorkers(workers);
            return cluster;
        } catch (Throwable failed) {
            cluster.close();
            throw failed;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        }
    }

    private void start(String role, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        command.addAll(LocalCluster.jvmOptions());
        command.addAll(List.of(
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "org.apache.spark.deploy." + role,
                "--host",
                HOST));
        command.addAll(List.of(arguments));
        processes.add(LocalCluster.driver(command, home)
                .redirectErrorStream(true)
                .redirectOutput(
                        home.resolve(role + "-" + processes.size() + ".log").toFile())
                .start());
    }

    private void waitForWorkers(int count) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (aliveWorkers() < count) {
            if (System.nanoTime() > end || processes.stream().anyMatch(process -> !process.isAlive())) {
                throw new IOException("the cluster did not come up; what it printed is in " + home);
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private int aliveWorkers() {
        try (InputStream in = state.toURL().openStream()) {
            JsonNode json = new ObjectMapper().readTree(in);
            return json.path("aliveworkers").asInt();
        } catch (IOException notYet) {
            return 0;
        }
    }

    /** Spark's settings of an application that has an executor on each worker. */
    public Map<String, String> settings() throws IOException {
        int workers = processes.size() - 1;
        Map<String, String> settings = new TreeMap<>(LocalCluster.settings(workers, cores, megabytes));
        settings.put("spark.master", master);
        return settings;
    }

    /** Kills the executors of a worker; it will start others. */
    public int killExecutors(int worker) {
        return killAll(executors(worker));
    }

    /** Kills a worker and its executors, as when a machine is lost. */
    public int killWorker(int worker) {
        List<ProcessHandle> executors = executors(worker);
        processes.get(worker + 1).destroyForcibly();
        return killAll(executors);
    }

    /** Its Java processes: the small helpers of a worker, such as chmod, are none. */
    private List<ProcessHandle> executors(int worker) {
        return processes
                .get(worker + 1)
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("java"))
                .toList();
    }

    private static int killAll(List<ProcessHandle> all) {
        return (int) all.stream().filter(ProcessHandle::destroyForcibly).count();
    }

    @Override
    public void close() {
        Stream.concat(
                        processes.stream().flatMap(Process::descendants),
                        processes.stream().map(Process::toHandle))
                .toList()
                .forEach(ProcessHandle::destroyForcibly);
    }
}
