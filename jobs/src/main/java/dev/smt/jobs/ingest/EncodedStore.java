package dev.smt.jobs.ingest;

import dev.smt.data.ColumnStorage;
import dev.smt.data.EncodedExamples;
import dev.smt.data.EncodedExamplesFile;
import dev.smt.data.ExamplesFormatException;
import dev.smt.data.HeapColumns;
import dev.smt.jobs.config.InvalidInputException;
import dev.smt.jobs.ingest.ColumnEncoder.Fitted;
import dev.smt.jobs.ingest.PipelineManifest.SplitSummary;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.hadoop.fs.CreateFlag;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The encoded examples of a warehouse: {@code encoded/<pipeline>/<data version>/} holds a file per split and the
 * manifest, and {@code encoded/<pipeline>/current} names the version that counts. A version never changes; a new one
 * counts from the moment its name is in {@code current}, which is written last.
 */
public final class EncodedStore {
    static final String ENCODING = "encoding.json.gz";
    private static final String MANIFEST = "manifest.json";
    private static final String CURRENT = "current";

    private static final Logger LOG = LoggerFactory.getLogger(EncodedStore.class);

    private final Path root;
    private final Configuration hadoop;

    public EncodedStore(String warehouse, Configuration hadoop) {
        this.root = new Path(warehouse, "encoded");
        this.hadoop = hadoop;
    }

    String warehouse() {
        return root.getParent().toString();
    }

    /** The current version of every pipeline, by name of the pipeline. */
    public List<PipelineManifest> manifests() {
        return io(files -> {
            List<PipelineManifest> manifests = new ArrayList<>();
            if (files.exists(root)) {
                for (FileStatus folder : files.listStatus(root)) {
                    if (folder.isDirectory() && files.exists(new Path(folder.getPath(), CURRENT))) {
                        manifests.add(current(files, folder.getPath()));
                    }
                }
            }
            manifests.sort(Comparator.comparing(PipelineManifest::pipeline));
            return List.copyOf(manifests);
        });
    }

    /**
     * The current version of a pipeline.
     *
     * @throws InvalidInputException when there is none
     */
    public PipelineManifest manifest(String pipeline) {
        return io(files -> {
            Path folder = new Path(root, Slug.of(pipeline));
            if (!files.exists(new Path(folder, CURRENT))) {
                throw new InvalidInputException("no encoded examples of pipeline " + pipeline + " under " + root
                        + "; run ingest, or check the name");
            }
            return current(files, folder);
        });
    }

    /**
     * A split's examples.
     *
     * @throws InvalidInputException when the file is missing, or is not the one that the manifest describes
     */
    public EncodedExamples read(PipelineManifest manifest, Split split) {
        return io(files -> read(manifest, split, new HeapColumns()));
    }

    /**
     * A split's examples, with their columns where the caller wants them.
     *
     * @throws InvalidInputException when the file is missing, or is not the one that the manifest describes
     * @throws IOException when it can't be read, or the columns can't be written
     */
    public EncodedExamples read(PipelineManifest manifest, Split split, ColumnStorage columns) throws IOException {
        return with(manifest, split, file -> EncodedExamplesFile.read(file, columns));
    }

    private static void requireChecksum(Path file, MessageDigest digest, SplitSummary expected) {
        if (!Sha256.hex(digest).equals(expected.checksum())) {
            throw new InvalidInputException(
                    file + " is not the file of its manifest: another checksum; run ingest again");
        }
    }

    /** What a split's bytes are given to. */
    interface Use<T> {
        T of(InputStream file) throws IOException;
    }

    /**
     * Lets a split's file be read, and checks that it was the one that the manifest describes.
     *
     * @throws InvalidInputException when it is missing, or another one
     */
    <T> T with(PipelineManifest manifest, Split split, Use<T> use) throws IOException {
        Path file = new Path(folder(manifest), split.fileName());
        MessageDigest digest = Sha256.digest();
        try (InputStream in = new DigestInputStream(root.getFileSystem(hadoop).open(file), digest)) {
            T used = use.of(in);
            requireChecksum(file, digest, manifest.split(split));
            return used;
        } catch (FileNotFoundException missing) {
            throw new InvalidInputException(file + " is missing; run ingest again");
        } catch (ExamplesFormatException | ChecksumException damaged) {
            throw new InvalidInputException(file + ": " + damaged.getMessage() + "; run ingest again");
        }
    }

    /** What the training rows taught, per feature. */
    Map<String, Fitted> fitted(PipelineManifest manifest) {
        return io(files -> {
            try (InputStream in = files.open(new Path(folder(manifest), ENCODING))) {
                return FittedJson.read(in);
            }
        });
    }

    /**
     * What the ids of a feature stand for: the values of ids 1, 2, ... at most {@code count} of them. None where the
     * feature's ids are hashes, or it has none.
     */
    public List<String> idValues(PipelineManifest manifest, String feature, int count) {
        return io(files -> {
            try (InputStream in = files.open(new Path(folder(manifest), ENCODING))) {
                return IdValues.read(in, feature, count);
            }
        });
    }

    /** Whether this version of a pipeline is there, and its splits' files are those of its manifest; it reads them. */
    boolean hasWhole(String pipeline, String dataVersion) {
        Path folder = new Path(new Path(root, Slug.of(pipeline)), dataVersion);
        return io(files -> {
            if (!files.exists(new Path(folder, MANIFEST))) {
                return false;
            }
            try {
                PipelineManifest manifest = manifest(files, folder);
                for (Split split : Split.values()) {
                    with(manifest, split, file -> file.transferTo(OutputStream.nullOutputStream()));
                }
                return true;
            } catch (InvalidInputException damaged) {
                LOG.warn("{} is encoded again: {}", folder, damaged.getMessage());
                return false;
            }
        });
    }

    /** A version that is there in full. */
    public PipelineManifest manifest(String pipeline, String dataVersion) {
        return io(files -> manifest(files, new Path(new Path(root, Slug.of(pipeline)), dataVersion)));
    }

    /**
     * A new folder for files that don't count yet.
     *
     * @throws InvalidInputException when the warehouse can't be written
     */
    String newStaging() {
        Path staging = new Path(root, "_staging-" + UUID.randomUUID());
        try {
            if (root.getFileSystem(hadoop).mkdirs(staging)) {
                return staging.toString();
            }
            throw new InvalidInputException(notWritable("can't create a folder there"));
        } catch (IOException failure) {
            throw new InvalidInputException(notWritable(failure.getMessage()));
        }
    }

    private String notWritable(String reason) {
        return "warehouse is \"" + root.getParent() + "\"; allowed: a folder that can be written: " + reason;
    }

    void dropStaging(String staging) {
        io(files -> files.delete(new Path(staging), true));
    }

    /** Moves staged versions to their places; they don't count before {@link #makeCurrent}. */
    void publish(String staging, List<PipelineManifest> manifests) {
        io(files -> {
            for (PipelineManifest manifest : manifests) {
                Path staged = new Path(staging, Slug.of(manifest.pipeline()));
                write(new Path(staged, MANIFEST), ManifestJson.write(manifest));
                Path target = folder(manifest);
                files.mkdirs(target.getParent());
                files.delete(target, true);
                if (!files.rename(staged, target)) {
                    throw new IOException("can't rename " + staged + " to " + target);
                }
            }
            return manifests;
        });
    }

    /** Lets these versions count. */
    void makeCurrent(List<PipelineManifest> manifests) {
        io(files -> {
            for (PipelineManifest manifest : manifests) {
                write(new Path(folder(manifest).getParent(), CURRENT), manifest.dataVersion() + "\n");
            }
            return manifests;
        });
    }

    private Path folder(PipelineManifest manifest) {
        return new Path(new Path(root, Slug.of(manifest.pipeline())), manifest.dataVersion());
    }

    private static PipelineManifest current(FileSystem files, Path folder) throws IOException {
        return manifest(
                files, new Path(folder, text(files, new Path(folder, CURRENT)).strip()));
    }

    private static PipelineManifest manifest(FileSystem files, Path folder) throws IOException {
        Path file = new Path(folder, MANIFEST);
        try {
            return ManifestJson.read(text(files, file));
        } catch (IllegalArgumentException | FileNotFoundException wrong) {
            throw new InvalidInputException(file + " can't be read: " + wrong.getMessage() + "; run ingest again");
        }
    }

    private static String text(FileSystem files, Path file) throws IOException {
        try (InputStream in = files.open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Replaces a small file in one step. */
    private void write(Path file, String text) throws IOException {
        FileContext context = FileContext.getFileContext(root.toUri(), hadoop);
        Path attempt = new Path(file.getParent(), "." + file.getName() + "." + UUID.randomUUID());
        try (var out = context.create(attempt, EnumSet.of(CreateFlag.CREATE), Options.CreateOpts.createParent())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        context.rename(attempt, file, Options.Rename.OVERWRITE);
    }

    private interface Work<T> {
        T with(FileSystem files) throws IOException;
    }

    private <T> T io(Work<T> work) {
        try {
            return work.with(root.getFileSystem(hadoop));
        } catch (IOException failure) {
            throw new UncheckedIOException(root + ": " + failure.getMessage(), failure);
        }
    }
}
