package dev.smt.jobs.table;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.util.ConcurrentModificationException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Commits to the tables of a warehouse, while other threads and processes commit to them too. One that loses against another
 * commit is repeated. On a local file system commits wait for each other: there a rename does not refuse a file that is
 * there already, which Delta's commits rely on.
 */
final class Commits {
    private static final String LOCK = "_commit.lock";
    private static final int MOST_ATTEMPTS = 50;
    private static final int FIRST_PAUSE = 50;
    private static final int LONGEST_PAUSE = 500;
    private static final int POLL = 5;

    private final Optional<File> lock;

    private Commits(Optional<File> lock) {
        this.lock = lock;
    }

    static Commits in(Path root, FileSystem files) {
        return new Commits(
                files instanceof LocalFileSystem local
                        ? Optional.of(local.pathToFile(new Path(root, LOCK)))
                        : Optional.empty());
    }

    /** Writes; the commit may be run several times, and must then start from the tables as they are. */
    void run(Runnable commit) {
        if (lock.isEmpty()) {
            repeated(commit);
            return;
        }
        try (FileChannel channel =
                FileChannel.open(lock.get().toPath(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock held = alone(channel);
            try {
                repeated(commit);
            } finally {
                held.release();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "the lock of the warehouse, " + lock.get() + ": " + failure.getMessage(), failure);
        }
    }

    private static FileLock alone(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException otherThread) {
                pause(POLL);
            }
        }
    }

    private static void repeated(Runnable commit) {
        for (int attempt = 1; ; attempt++) {
            try {
                commit.run();
                return;
            } catch (ConcurrentModificationException lost) {
                if (attempt == MOST_ATTEMPTS) {
                    throw lost;
                }
                pause(ThreadLocalRandom.current().nextInt(1, Math.min(attempt * FIRST_PAUSE, LONGEST_PAUSE)));
            }
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped before a commit", stopped);
        }
    }
}
