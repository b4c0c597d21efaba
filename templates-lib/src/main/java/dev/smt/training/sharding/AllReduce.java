package dev.smt.training.sharding;

import java.util.List;

/**
 * The sum of the arrays of several devices, in all of them, in two rounds: a reduce-scatter, then an all-gather. Sums are
 * over the devices in their order, so every device gets the same bits, and every run too.
 */
public final class AllReduce {
    private final List<float[]> arrays;
    private final List<Integer> devices;

    /**
     * A sum over devices.
     *
     * @param arrays of equal length, one for each device
     * @param devices their numbers, for the traffic
     */
    public AllReduce(List<float[]> arrays, List<Integer> devices) {
        this.arrays = List.copyOf(arrays);
        this.devices = List.copyOf(devices);
    }

    /** Round 1, in which each member sums its part; the next round begins when all are done. */
    public void reduceScatter(int member, DeviceTraffic traffic) {
        Range part = part(member);
        float[] own = arrays.get(member);
        for (int i = part.from(); i < part.to(); i++) {
            float sum = 0;
            for (float[] array : arrays) {
                sum += array[i];
            }
            own[i] = sum;
        }
        devices.forEach(device -> traffic.dense(device, part.length()));
    }

    /** Round 2, in which each takes the others' sums. */
    public void allGather(int member, DeviceTraffic traffic) {
        for (int other = 0; other < arrays.size(); other++) {
            if (other != member) {
                Range part = part(other);
                System.arraycopy(arrays.get(other), part.from(), arrays.get(member), part.from(), part.length());
                traffic.dense(devices.get(other), part.length());
            }
        }
    }

    private Range part(int member) {
        return Range.part(member, arrays.size(), arrays.get(member).length);
    }
}
