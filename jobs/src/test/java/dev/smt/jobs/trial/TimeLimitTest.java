package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TimeLimitTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @Test
    void whoIsInTimeIsNotInterrupted() {
        AtomicBoolean hung = new AtomicBoolean();
        TimeLimit limit = new TimeLimit(LONG, SHORT, () -> hung.set(true));
        limit.close();
        assertThat(limit.reached()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(hung).isFalse();
    }

    @Test
    void whoIsNotIsInterruptedOnceAndGoesOnAsBefore() {
        AtomicBoolean hung = new AtomicBoolean();
        TimeLimit limit = new TimeLimit(SHORT, LONG, () -> hung.set(true));
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        assertThat(limit.reached()).isTrue();
        limit.close();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(hung).isFalse();
    }

    @Test
    void whoDoesNotEndWhenInterruptedHangs() throws InterruptedException {
        CountDownLatch hung = new CountDownLatch(1);
        TimeLimit limit = new TimeLimit(SHORT, SHORT, hung::countDown);
        while (hung.getCount() > 0) {
            // An interrupt does not end this.
            Thread.interrupted();
        }
        limit.close();
        assertThat(limit.reached()).isTrue();
    }
}
