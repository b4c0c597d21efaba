package dev.smt.training.sharding;

/** Where the devices of a group wait for each other, any number of times. */
public final class Rendezvous {
    private final int parties;
    private int waiting;
    private long round;
    private boolean broken;

    public Rendezvous(int parties) {
        this.parties = parties;
    }

    /**
     * Returns when all have come; each sees what all did before.
     *
     * @throws IllegalStateException when another device failed
     */
    public synchronized void await() {
        long mine = round;
        if (++waiting == parties) {
            waiting = 0;
            round++;
            notifyAll();
        }
        while (mine == round && !broken) {
            try {
                wait();
            } catch (InterruptedException e) {
                broken = true;
                notifyAll();
                Thread.currentThread().interrupt();
            }
        }
        if (broken) {
            throw new IllegalStateException("another device of this training failed");
        }
    }

    /** Lets nobody wait any more: a device failed, and won't come. */
    public synchronized void fail() {
        broken = true;
        notifyAll();
    }
}
