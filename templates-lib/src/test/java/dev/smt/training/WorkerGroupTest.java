package dev.smt.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkerGroupTest {
    @Test
    void everyWorkerSeesWhatTheOthersDidInTheRoundBefore() {
        try (WorkerGroup group = new WorkerGroup(3)) {
            long[] sums = new long[3];
            long[] seen = new long[3];
            for (int round = 1; round <= 2_000; round++) {
                group.run(worker -> sums[worker] += worker + 1);
                group.run(worker -> seen[worker] = sums[0] + sums[1] + sums[2]);
                assertThat(seen).containsOnly(6L * round);
            }
        }
    }

    @Test
    void whatAWorkerThrowsReachesTheCallerAndTheGroupGoesOn() {
        try (WorkerGroup group = new WorkerGroup(2)) {
            for (int failing = 0; failing < 2; failing++) {
                int who = failing;
                assertThatThrownBy(() -> group.run(worker -> {
                            if (worker == who) {
                                throw new IllegalStateException("worker " + worker);
                            }
                        }))
                        .hasMessage("worker " + who);
            }
            int[] done = new int[2];
            group.run(worker -> done[worker]++);
            assertThat(done).containsOnly(1);
        }
    }

    @Test
    void aGroupOfOneIsTheCallerAlone() {
        try (WorkerGroup group = new WorkerGroup(1)) {
            Thread[] thread = new Thread[1];
            group.run(worker -> thread[worker] = Thread.currentThread());
            assertThat(thread).containsOnly(Thread.currentThread());
        }
    }
}
