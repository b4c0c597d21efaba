package dev.smt.jobs.fault;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.FSError;

/**
 * What goes wrong with the files of a {@link FaultyFileSystem}, and when. Safe for several threads.
 */
public final class FileFault {
    /** What happens to the operation and to those after it. */
    public enum Kind {
        /** Half of a file is written and nothing happens any more, as where the machine dies. */
        CUT,
        /** Half of a file is written, and no other one is, as where the disk is full. */
        FULL_DISK
    }

    private static final int NEVER = Integer.MAX_VALUE;

    private final Kind kind;
    private final int operation;
    private final AtomicInteger done = new AtomicInteger();

    /** @param operation number of the write or rename that goes wrong, from 1 */
    public FileFault(Kind kind, int operation) {
        this.kind = kind;
        this.operation = operation;
    }

    /** Nothing goes wrong; operations are counted. */
    public static FileFault none() {
        return new FileFault(Kind.CUT, NEVER);
    }

    /** Writes and renames so far. */
    public int operations() {
        return done.get();
    }

    /** Whether it went wrong. */
    public boolean struck() {
        return done.get() >= operation;
    }

    void requireAlive() throws IOException {
        if (kind == Kind.CUT && struck()) {
            throw new IOException("this process is dead");
        }
    }

    void beforeARename() throws IOException {
        requireAlive();
        done.incrementAndGet();
        requireAlive();
    }

    /** Counts a write; how many of its bytes reach the file. */
    int written(int bytes) throws IOException {
        requireAlive();
        int now = done.incrementAndGet();
        return now < operation ? bytes : now == operation ? bytes / 2 : 0;
    }

    /** What Hadoop's local files throw; only they may make one. */
    public static FSError full() {
        try {
            Constructor<FSError> constructor = FSError.class.getDeclaredConstructor(Throwable.class);
            constructor.setAccessible(true);
            return constructor.newInstance(new IOException("No space left on device"));
        } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("Hadoop's FSError is made in another way now", other);
        }
    }

    void afterAWrite(int bytes, int written) throws IOException {
        requireAlive();
        if (written < bytes) {
            throw full();
        }
    }
}
