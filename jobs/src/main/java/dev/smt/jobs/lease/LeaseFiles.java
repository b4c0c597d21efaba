package dev.smt.jobs.lease;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FSError;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The files of one lease: {@code NAME.N.holder} says who took it the N-th time, and is written once; {@code NAME.OWNER.alive} is
 * rewritten by its owner. Their folder is that of all leases, and stays: who lists a folder must not find it gone.
 */
final class LeaseFiles {
    private static final String HOLDER = ".holder";
    private static final String ALIVE = ".alive";
    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

    private final FileSystem files;
    private final Path folder;
    private final String prefix;

    LeaseFiles(Path folder, String name, Configuration hadoop) throws IOException {
        this.folder = folder;
        this.prefix = name + ".";
        FileSystem found = folder.getFileSystem(hadoop);
        // Checksums are files of their own: who reads while another writes would find the two at odds.
        this.files = found instanceof LocalFileSystem local ? local.getRaw() : found;
    }

    /** The highest number that was taken; empty where nobody holds the lease. */
    OptionalLong last() throws IOException {
        return numbers().max();
    }

    private LongStream numbers() throws IOException {
        try {
            return Arrays.stream(files.listStatus(folder))
                    .map(FileStatus::getPath)
                    .map(Path::getName)
                    .filter(name -> name.startsWith(prefix) && name.endsWith(HOLDER))
                    .mapToLong(
                            name -> Long.parseLong(name.substring(prefix.length(), name.length() - HOLDER.length())));
        } catch (FileNotFoundException nobodyEver) {
            return LongStream.empty();
        }
    }

    /** What a number's file says; empty where there is none. */
    Optional<String> holder(long number) throws IOException {
        return text(number + HOLDER);
    }

    /** Who holds the lease; empty where nobody does, or he has not finished to say so. */
    Optional<Holder> holder() throws IOException {
        OptionalLong last = last();
        return last.isEmpty() ? Optional.empty() : holder(last.getAsLong()).flatMap(Holder::read);
    }

    /** Takes a number; false where another process was first. */
    boolean take(long number, Holder holder) throws IOException {
        byte[] text = holder.json().getBytes(StandardCharsets.UTF_8);
        Path path = path(number + HOLDER);
        // Hadoop's local file system looks and then creates, which two processes can do at once.
        return files instanceof RawLocalFileSystem local
                ? takeLocal(local.pathToFile(path).toPath(), text)
                : take(path, text);
    }

    private static boolean takeLocal(java.nio.file.Path path, byte[] text) throws IOException {
        try {
            Files.createDirectories(path.getParent());
            Files.write(path, text, StandardOpenOption.CREATE_NEW);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private boolean take(Path path, byte[] text) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path);
        builder.overwrite(false).recursive();
        builder.opt(CONDITIONAL, "true");
        try (FSDataOutputStream out = builder.build()) {
            out.write(text);
            return true;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException taken) {
            return false;
        } catch (IOException failure) {
            if (files.exists(path)) {
                return false;
            }
            throw failure;
        }
    }

    /** Notes that the owner of a number lives, unless its lease is gone; no two notes are equal. */
    void noteAlive(long number, String owner, long count) throws IOException {
        if (!files.exists(path(number + HOLDER))) {
            return;
        }
        try (FSDataOutputStream out = files.create(path(owner + ALIVE), true)) {
            out.writeBytes(Long.toString(count));
        } catch (FSError full) {
            // What Hadoop makes of a full local disk.
            throw new IOException(full.getCause());
        }
    }

    /** An owner's last note. */
    Optional<String> lastNote(String owner) throws IOException {
        return text(owner + ALIVE);
    }

    /** Gives the lease back: deletes all files up to a number, whose own goes last, lest an earlier holder seems to be back. */
    void clear(long number) throws IOException {
        for (long taken : numbers().filter(one -> one <= number).sorted().toArray()) {
            Optional<Holder> holder = holder(taken).flatMap(Holder::read);
            if (holder.isPresent()) {
                files.delete(path(holder.get().owner() + ALIVE), false);
            }
            files.delete(path(taken + HOLDER), false);
        }
    }

    private Path path(String name) {
        return new Path(folder, prefix + name);
    }

    private Optional<String> text(String name) throws IOException {
        try (var in = files.open(path(name))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException gone) {
            return Optional.empty();
        }
    }
}
