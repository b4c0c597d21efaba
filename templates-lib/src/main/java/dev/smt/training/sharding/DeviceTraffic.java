package dev.smt.training.sharding;

/** Counts the bytes that one device received from others, apart for its group and other groups. For one thread at a time. */
public final class DeviceTraffic {
    private final int device;
    private final int group;
    private long denseWithin;
    private long denseAcross;
    private long tables;

    /**
     * A device's traffic.
     *
     * @param group number of devices in a group
     */
    public DeviceTraffic(int device, int group) {
        this.device = device;
        this.group = group;
    }

    /** Counts numbers of the dense part, parameters or gradients, that came from a device; its own don't count. */
    public void dense(int from, long floats) {
        if (from / group == device / group) {
            denseWithin += from == device ? 0 : floats * Float.BYTES;
        } else {
            denseAcross += floats * Float.BYTES;
        }
    }

    /** Counts what came of embedding tables: vectors, their gradients, touched rows. */
    public void tables(int from, long bytes) {
        tables += from == device ? 0 : bytes;
    }

    /** Bytes of the dense part from the device's own group. */
    public long denseWithin() {
        return denseWithin;
    }

    /** Bytes of the dense part from other groups. */
    public long denseAcross() {
        return denseAcross;
    }

    /** Bytes of embedding tables. */
    public long tables() {
        return tables;
    }
}
