package dev.smt.jobs.ingest;

/** A name, such as a pipeline's, as the name of a folder on any file system. */
public final class Slug {
    private static final int MAX_LENGTH = 100;
    private static final int HASH_LENGTH = 8;

    private Slug() {}

    /** Letters, digits, '-', '_' and '=' stay; where anything else was, a hash keeps different names apart. */
    public static String of(String pipeline) {
        String clean = pipeline.replaceAll("[^A-Za-z0-9_=-]", "_");
        if (clean.equals(pipeline) && clean.length() <= MAX_LENGTH && !clean.isEmpty() && !clean.startsWith("_")) {
            return clean;
        }
        String start = clean.substring(0, Math.min(clean.length(), MAX_LENGTH));
        return "p" + start + "-" + Sha256.hex(pipeline).substring(0, HASH_LENGTH);
    }
}
