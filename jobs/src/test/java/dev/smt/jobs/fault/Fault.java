package dev.smt.jobs.fault;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What is killed while a study runs, with SIGKILL. */
enum Fault {
    DRIVER {
        @Override
        List<ProcessHandle> victims(Process submit, String master) {
            return List.of(submit.toHandle());
        }
    },
    EXECUTOR {
        @Override
        List<ProcessHandle> victims(Process submit, String master) {
            return workers(master)
                    .flatMap(ProcessHandle::children)
                    .filter(process -> words(process).stream().anyMatch(word -> word.endsWith("ExecutorBackend")))
                    .toList();
        }
    },
    /** A worker with its executors, as where a machine dies. */
    WORKER {
        @Override
        List<ProcessHandle> victims(Process submit, String master) {
            return workers(master).toList();
        }
    };

    /**
     * The processes of which one is killed.
     *
     * @param master address of the cluster to which they belong
     */
    abstract List<ProcessHandle> victims(Process submit, String master);

    /** Kills one of them, with all that it started; which it was. */
    static String strike(List<ProcessHandle> victims, SplittableRandom random) {
        ProcessHandle victim = victims.get(random.nextInt(victims.size()));
        List<ProcessHandle> all = victim.descendants().toList();
        victim.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        return "process " + victim.pid();
    }

    private static Stream<ProcessHandle> workers(String master) {
        return ProcessHandle.allProcesses()
                // Not the shell that starts them again.
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("java"))
                        .isPresent())
                .filter(process -> words(process).contains("org.apache.spark.deploy.worker.Worker")
                        && words(process).contains(master));
    }

    private static List<String> words(ProcessHandle process) {
        return process.info().arguments().map(List::of).orElse(List.of());
    }
}
