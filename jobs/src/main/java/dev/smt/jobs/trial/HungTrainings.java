package dev.smt.jobs.trial;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Marks of trainings that hang, so that the process had to end: the next attempt, in another process, finds the mark
 * instead of hanging too.
 */
final class HungTrainings {
    private static final Logger LOG = LoggerFactory.getLogger(HungTrainings.class);
    private static final String FOLDER = "_hung";

    private final Path folder;
    private final Configuration hadoop;

    HungTrainings(String warehouse, Configuration hadoop) {
        this.folder = new Path(warehouse, FOLDER);
        this.hadoop = hadoop;
    }

    void mark(TaskContext task, TrialModel trial) {
        try {
            Path path = path(task, trial);
            path.getFileSystem(hadoop).create(path, true).close();
        } catch (IOException unmarked) {
            LOG.error("a training hangs, and could not be marked so", unmarked);
        }
    }

    /** Whether it was marked; the mark is gone afterwards. */
    boolean takeMark(TaskContext task, TrialModel trial) {
        try {
            Path path = path(task, trial);
            FileSystem files = path.getFileSystem(hadoop);
            boolean marked = files.delete(path, false);
            if (marked && files.listStatus(folder).length == 0) {
                files.delete(folder, false);
            }
            return marked;
        } catch (IOException unreadable) {
            LOG.warn("whether a training hung before is not known", unreadable);
            return false;
        }
    }

    private Path path(TaskContext task, TrialModel trial) {
        return new Path(
                folder,
                String.join(
                        "-",
                        SparkEnv.get().conf().getAppId(),
                        Integer.toString(task.stageId()),
                        trial.specification().hash(),
                        Long.toHexString(trial.seed())));
    }
}
