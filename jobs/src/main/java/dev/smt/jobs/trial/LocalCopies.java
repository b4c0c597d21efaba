package dev.smt.jobs.trial;

import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of encoded examples on the disk of one executor: each file is fetched once, checked against its SHA-256, and read from
 * here until others need the room; those that were not read for longest go first. A copy that is lost or damaged is fetched
 * again; where there is no room for one, the file is read where it is. Safe for several threads.
 */
final class LocalCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);
    private static final float LOAD_FACTOR = 0.75f;

    private final Path folder;
    private final long mostBytes;
    /** Bytes by checksum, which is the file's name; the one that was read last is the last. */
    private final Map<String, Long> copies = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    private long bytes;

    /** Where a file comes from. */
    interface Source {
        /** Makes a checked copy. */
        void copy(Path target) throws IOException;

        /** Reads it where it is. */
        EncodedExamples read();
    }

    /**
     * Copies that nobody has made yet.
     *
     * @param folder of no other process
     */
    LocalCopies(Path folder, long mostBytes) {
        this.folder = folder;
        this.mostBytes = mostBytes;
    }

    /** In Spark's local folder, which goes when the executor goes. */
    static LocalCopies ofThisExecutor() {
        SparkEnv environment = SparkEnv.get();
        Path local =
                environment.blockManager().diskBlockManager().localDirs()[0].toPath();
        return new LocalCopies(
                local.resolve("encoded-examples"),
                ExecutorSettings.of(environment.conf()).localBytes());
    }

    /** The examples of a file, from its copy, which is made where there is none. */
    EncodedExamples read(SplitSummary file, Source source) {
        Path copy = folder.resolve(file.checksum());
        if (has(file)) {
            try {
                return read(copy);
            } catch (IOException broken) {
                LOG.warn("the copy {} can't be read and is fetched again: {}", copy, broken.toString());
                drop(file);
            }
        }
        try {
            return fetch(file, source) ? read(copy) : source.read();
        } catch (IOException failed) {
            LOG.warn("no local copy of encoded examples: {}", failed.toString());
            return source.read();
        }
    }

    private static EncodedExamples read(Path copy) throws IOException {
        try (InputStream in = Files.newInputStream(copy)) {
            return EncodedExamplesFile.read(in);
        }
    }

    /** False where it has no room. */
    private boolean fetch(SplitSummary file, Source source) throws IOException {
        if (!reserve(file.bytes())) {
            return false;
        }
        boolean kept = false;
        Path part = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            source.copy(part);
            kept = keep(file, part);
            return true;
        } finally {
            if (!kept) {
                release(file.bytes());
            }
            Files.deleteIfExists(part);
        }
    }

    private synchronized boolean has(SplitSummary file) {
        return copies.get(file.checksum()) != null;
    }

    /** A copy that makes room while somebody reads it can still be read to its end. */
    private synchronized boolean reserve(long room) throws IOException {
        if (room > mostBytes) {
            return false;
        }
        Iterator<Map.Entry<String, Long>> oldest = copies.entrySet().iterator();
        while (bytes + room > mostBytes && oldest.hasNext()) {
            Map.Entry<String, Long> gone = oldest.next();
            Files.deleteIfExists(folder.resolve(gone.getKey()));
            bytes -= gone.getValue();
            oldest.remove();
        }
        boolean fits = bytes + room <= mostBytes;
        bytes += fits ? room : 0;
        return fits;
    }

    private synchronized void release(long room) {
        bytes -= room;
    }

    /** Lets a copy count for which room is reserved; false where another thread made the same. */
    private synchronized boolean keep(SplitSummary file, Path part) throws IOException {
        if (copies.containsKey(file.checksum())) {
            return false;
        }
        Files.move(part, folder.resolve(file.checksum()), StandardCopyOption.ATOMIC_MOVE);
        copies.put(file.checksum(), file.bytes());
        return true;
    }

    private synchronized void drop(SplitSummary file) {
        Long gone = copies.remove(file.checksum());
        bytes -= gone == null ? 0 : gone;
        try {
            Files.deleteIfExists(folder.resolve(file.checksum()));
        } catch (IOException undeleted) {
            LOG.warn("a copy of encoded examples can't be deleted: {}", undeleted.getMessage());
        }
    }
}
