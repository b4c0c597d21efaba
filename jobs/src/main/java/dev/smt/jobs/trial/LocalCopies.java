package dev.smt.jobs.trial;

import dev.smt.data.EncodedExamples;
import dev.smt.data.HeapColumns;
import dev.smt.data.MappedColumns;
import dev.smt.jobs.executor.ExecutorSettings;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.SoftReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encoded examples on the disk of one executor, unpacked and mapped into memory: each file is fetched once, checked against its SHA-256, and kept
 * until others need the room; those that were not asked for longest go first. A copy that the disk has damaged is fetched again; where
 * there is no room for one, the examples are in the heap, until memory runs short. Safe for several threads.
 */
final class LocalCopies {
    private static final Logger LOG = LoggerFactory.getLogger(LocalCopies.class);
    private static final float LOAD_FACTOR = 0.75f;

    private final Path folder;
    private final long mostBytes;
    /** By checksum, which is the file's name; the one that was asked for last is the last. */
    private final Map<String, Copy> copies = new LinkedHashMap<>(16, LOAD_FACTOR, true);

    private final Map<String, SoftReference<EncodedExamples>> withoutRoom = new ConcurrentHashMap<>();
    private final Map<String, Object> locks = new ConcurrentHashMap<>();
    private long bytes;

    private record Copy(EncodedExamples examples, long bytes) {}

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

    /**
     * The examples of a file.
     *
     * @param source reads and checks the file
     */
    EncodedExamples read(SplitSummary file, MappedColumns.Source source) {
        synchronized (locks.computeIfAbsent(file.checksum(), name -> new Object())) {
            return known(file.checksum()).orElseGet(() -> make(file.checksum(), source));
        }
    }

    private EncodedExamples make(String name, MappedColumns.Source source) {
        try {
            return fetch(name, source);
        } catch (IOException failed) {
            LOG.warn("no local copy of encoded examples: {}", failed.toString());
            return intoTheHeap(name, source);
        }
    }

    private EncodedExamples fetch(String name, MappedColumns.Source source) throws IOException {
        long[] taken = new long[1];
        boolean kept = false;
        Path part = folder.resolve("." + UUID.randomUUID());
        try {
            Files.createDirectories(folder);
            EncodedExamples examples = MappedColumns.write(part, source, room -> {
                reserve(room);
                taken[0] += room;
            });
            keep(name, part, new Copy(examples, taken[0]));
            kept = true;
            return examples;
        } finally {
            if (!kept) {
                release(taken[0]);
            }
            Files.deleteIfExists(part);
        }
    }

    private EncodedExamples intoTheHeap(String name, MappedColumns.Source source) {
        try {
            EncodedExamples examples = source.writeTo(new HeapColumns());
            withoutRoom.put(name, new SoftReference<>(examples));
            return examples;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private synchronized Optional<EncodedExamples> known(String name) {
        return Optional.ofNullable(copies.get(name))
                .map(Copy::examples)
                .or(() -> Optional.ofNullable(withoutRoom.get(name)).map(SoftReference::get));
    }

    /** A copy that makes room stays readable for those that have it. */
    private synchronized void reserve(long room) throws IOException {
        Iterator<Map.Entry<String, Copy>> oldest = copies.entrySet().iterator();
        while (room <= mostBytes && bytes + room > mostBytes && oldest.hasNext()) {
            Map.Entry<String, Copy> gone = oldest.next();
            Files.deleteIfExists(folder.resolve(gone.getKey()));
            bytes -= gone.getValue().bytes();
            oldest.remove();
        }
        if (bytes + room > mostBytes) {
            throw new IOException("its column of " + room + " bytes does not fit " + mostBytes
                    + " bytes, of which other copies that are being made have " + bytes
                    + "; executors.local-gigabytes allows more");
        }
        bytes += room;
    }

    private synchronized void release(long room) {
        bytes -= room;
    }

    private synchronized void keep(String name, Path part, Copy copy) throws IOException {
        Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        copies.put(name, copy);
    }
}
