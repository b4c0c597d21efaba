package dev.smt.jobs.fault;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * Local files behind a scheme of their own, on which a chosen operation goes wrong: see {@link FileFault}. A file's bytes are
 * there when it is closed.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
    static final URI ROOT = URI.create("faulty:///");

    private static final AtomicReference<FileFault> FAULT = new AtomicReference<>(FileFault.none());

    /** Makes the scheme known. */
    public static void register(Configuration hadoop) {
        hadoop.set("fs.faulty.impl", FaultyFileSystem.class.getName());
        hadoop.set("fs.AbstractFileSystem.faulty.impl", FaultyFiles.class.getName());
    }

    /** What goes wrong from now on; operations are counted from here. */
    public static void set(FileFault fault) {
        FAULT.set(fault);
    }

    @Override
    public URI getUri() {
        return ROOT;
    }

    @Override
    public String getScheme() {
        return ROOT.getScheme();
    }

    @Override
    public FSDataOutputStream create(
            Path path, boolean overwrite, int buffer, short replication, long block, Progressable progress)
            throws IOException {
        FAULT.get().requireAlive();
        return new FSDataOutputStream(
                new Kept(super.create(path, overwrite, buffer, replication, block, progress)), null);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return create(path, overwrite, buffer, replication, block, progress);
    }

    @Override
    public FSDataOutputStream createNonRecursive(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int buffer,
            short replication,
            long block,
            Progressable progress)
            throws IOException {
        return create(path, overwrite, buffer, replication, block, progress);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        FAULT.get().beforeARename();
        return super.rename(from, to);
    }

    @Override
    public boolean delete(Path path, boolean recursive) throws IOException {
        FAULT.get().requireAlive();
        return super.delete(path, recursive);
    }

    @Override
    public FileStatus[] listStatus(Path folder) throws IOException {
        FAULT.get().requireAlive();
        return super.listStatus(folder);
    }

    /** Bytes that reach the file when it is closed: all, some or none. */
    private static final class Kept extends ByteArrayOutputStream {
        private final OutputStream file;
        private boolean closed;

        Kept(OutputStream file) {
            this.file = file;
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            FileFault fault = FAULT.get();
            int whole = size();
            int written = fault.written(whole);
            try (file) {
                file.write(Arrays.copyOf(toByteArray(), written));
            }
            fault.afterAWrite(whole, written);
        }
    }
}
