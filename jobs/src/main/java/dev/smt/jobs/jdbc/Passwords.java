package dev.smt.jobs.jdbc;

import dev.smt.jobs.config.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who may connect: everybody who can, or the users of a file with a line {@code user:password} for each. */
public final class Passwords {
    private static final Set<PosixFilePermission> OF_ITS_OWNER =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Optional<Map<String, byte[]>> byUser;

    private Passwords(Optional<Map<String, byte[]>> byUser) {
        this.byUser = byUser;
    }

    /** Nobody needs one. */
    public static Passwords none() {
        return new Passwords(Optional.empty());
    }

    /**
     * Those of a file. Empty lines, and lines that begin with {@code #}, are passed over.
     *
     * @throws InvalidInputException where others than its owner may read the file, or a line is no user with a password
     */
    public static Passwords read(Path file) {
        List<String> lines;
        try {
            if (!OF_ITS_OWNER.containsAll(Files.getPosixFilePermissions(file))) {
                throw new InvalidInputException("--password-file is " + file
                        + ", which others than its owner may read or change; say: chmod 600 " + file);
            }
            lines = Files.readAllLines(file);
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw new InvalidInputException("--password-file is " + file + ", which can't be read (" + unreadable
                    + "); allowed: a file with a line user:password for each user");
        }
        return new Passwords(Optional.of(of(file, lines)));
    }

    private static Map<String, byte[]> of(Path file, List<String> lines) {
        Map<String, byte[]> byUser = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            // The line itself is not shown: it may be a password.
            String where = file + ", line " + (i + 1) + ": ";
            String[] parts = line.split(":", 2);
            if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                problems.add(where + "allowed: user:password");
            } else if (byUser.put(parts[0], parts[1].getBytes(StandardCharsets.UTF_8)) != null) {
                problems.add(where + "user " + parts[0] + " is in it twice; allowed: one line for each user");
            }
        }
        if (problems.isEmpty() && byUser.isEmpty()) {
            problems.add(file + " has no user; allowed: a line user:password for each user");
        }
        if (!problems.isEmpty()) {
            throw new InvalidInputException(problems);
        }
        return byUser;
    }

    /** Whether a client must have one. */
    public boolean areNeeded() {
        return byUser.isPresent();
    }

    /** Whether a client may go on. The time that it takes does not tell how much of a password was right. */
    boolean accept(String user, char[] password) {
        if (byUser.isEmpty()) {
            return true;
        }
        byte[] given = new String(password).getBytes(StandardCharsets.UTF_8);
        byte[] expected = byUser.get().get(user);
        boolean equal = MessageDigest.isEqual(expected == null ? given : expected, given);
        Arrays.fill(given, (byte) 0);
        return expected != null && equal;
    }
}
