package dev.smt.jobs.fault;

import java.util.List;
import java.util.SplittableRandom;

/** What is killed while a study runs, with SIGKILL. */
enum Fault {
    DRIVER {
        @Override
        List<ProcessHandle> victims(Process submit) {
            return List.of(submit.toHandle());
        }
    },
    EXECUTOR {
        @Override
        List<ProcessHandle> victims(Process submit) {
            return running("CoarseGrainedExecutorBackend");
        }
    },
    /** A worker with its executors, as where a machine dies. */
    WORKER {
        @Override
        List<ProcessHandle> victims(Process submit) {
            return running("org.apache.spark.deploy.worker.Worker");
        }
    };

    /** The processes of which one is killed. */
    abstract List<ProcessHandle> victims(Process submit);

    /** Kills one of them, with all that it started; what it was, or nothing where there was none. */
    String strike(Process submit, SplittableRandom random) {
        List<ProcessHandle> victims = victims(submit);
        if (victims.isEmpty()) {
            return "nothing";
        }
        ProcessHandle victim = victims.get(random.nextInt(victims.size()));
        List<ProcessHandle> all = victim.descendants().toList();
        victim.destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
        return name().toLowerCase(java.util.Locale.ROOT) + " " + victim.pid();
    }

    private static List<ProcessHandle> running(String mainClass) {
        return ProcessHandle.allProcesses()
                // Not the shell that starts them again.
                .filter(process -> process.info()
                        .command()
                        .filter(path -> path.endsWith("java"))
                        .isPresent())
                .filter(process -> process.info()
                        .arguments()
                        .map(arguments -> List.of(arguments).stream().anyMatch(word -> word.endsWith(mainClass)))
                        .orElse(false))
                .toList();
    }
}
