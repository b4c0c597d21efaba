package dev.smt.jobs.trial;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Seeds that follow from names, so that nothing depends on the order or the place of the work. */
public final class Seeds {
    private Seeds() {}

    /** The seed of something below a study's seed, such as a model's training. */
    public static long of(long seed, String... names) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
            for (String name : names) {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return ByteBuffer.wrap(digest.digest()).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The study seed of a fresh replicate, from 1. */
    public static long replicate(long seed, int number) {
        return of(seed, "replicate", Integer.toString(number));
    }

    /** The seed of a model's training: the same for its baseline and its trials, so that most noise cancels. */
    public static long training(long seed, String modelId, int replicate) {
        return of(seed, "training", modelId, Integer.toString(replicate));
    }
}
