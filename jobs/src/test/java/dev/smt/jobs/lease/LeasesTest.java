package dev.smt.jobs.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smt.jobs.fault.FaultyFileSystem;
import dev.smt.jobs.fault.FileFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LeasesTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofHours(1);

    @TempDir
    private Path warehouse;

    private final List<String> waits = Collections.synchronizedList(new ArrayList<>());

    @Test
    void theSecondWaitsSaysForWhomAndGetsItWhenTheFirstIsDone() throws Exception {
        Leases leases = leases(SHORT, LONG);
        Lease first = leases.hold("study-1", waits::add);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CountDownLatch waiting = new CountDownLatch(1);
            Future<Lease> second = other.submit(() -> leases.hold("study-1", holder -> {
                waits.add(holder);
                waiting.countDown();
            }));
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(second.isDone()).isFalse();
            first.require();
            first.close();
            try (Lease taken = second.get()) {
                taken.require();
                assertThat(taken.number()).isEqualTo(1);
            }
        } finally {
            other.shutdownNow();
        }
        assertThat(waits).hasSize(1);
        assertThat(waits.get(0)).contains("process " + ProcessHandle.current().pid(), "since 1970-01-01T00:00:00Z");
        assertThat(left()).isEmpty();
    }

    @Test
    void leasesOfDifferentNamesDoNotWaitForEachOther() {
        Leases leases = leases(SHORT, LONG);
        try (Lease first = leases.hold("a", waits::add);
                Lease second = leases.hold("b", waits::add)) {
            first.require();
            second.require();
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void aDiskThatWasFullForAWhileDoesNotEndTheNotes() throws Exception {
        Configuration hadoop = new Configuration(false);
        FaultyFileSystem.register(hadoop);
        Leases leases = leases("faulty:" + warehouse.resolve("full"), hadoop, SHORT, LONG);
        try (Lease lease = leases.hold("a", waits::add)) {
            FileFault full = new FileFault(FileFault.Kind.FULL_DISK, 1);
            FaultyFileSystem.set(full);
            while (full.operations() < 2) {
                Thread.onSpinWait();
            }
            FileFault room = FileFault.none();
            FaultyFileSystem.set(room);
            while (room.operations() < 2) {
                Thread.onSpinWait();
            }
            lease.require();
        } finally {
            FaultyFileSystem.set(FileFault.none());
        }
    }

    @Test
    void itsFolderIsMadeOnAFileSystemThatMakesNoneByItself() {
        Configuration hadoop = new Configuration(false);
        hadoop.set("fs." + StrictFileSystem.SCHEME + ".impl", StrictFileSystem.class.getName());
        Leases leases = leases(StrictFileSystem.SCHEME + "://" + warehouse.resolve("new"), hadoop, SHORT, LONG);
        try (Lease lease = leases.hold("a", waits::add)) {
            lease.require();
            assertThat(leases.holder("a")).isPresent();
        }
        assertThat(leases.holder("a")).isEmpty();
    }

    @Test
    void ofManyAtOnceOneHasIt() throws Exception {
        Leases leases = leases(SHORT, LONG);
        ExecutorService many = Executors.newFixedThreadPool(8);
        List<Integer> inside = new ArrayList<>();
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                all.add(many.submit(() -> {
                    try (Lease lease = leases.hold("study", waits::add)) {
                        // Not synchronized: two at once would lose an element, or more.
                        inside.add(inside.size());
                        lease.require();
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            many.shutdownNow();
        }
        assertThat(inside).hasSize(24).doesNotHaveDuplicates();
    }

    @Test
    void aHolderOfAnotherMachineThatIsSilentIsTakenForDeadAndMayWriteNoMore() throws IOException {
        Lease silent = leases(LONG, LONG).hold("study", waits::add);
        asIfOnAnotherMachine("study");
        try (Lease next = leases(SHORT, Duration.ofMillis(100)).hold("study", waits::add)) {
            assertThat(next.number()).isEqualTo(2);
            next.require();
            assertThatThrownBy(silent::require)
                    .isInstanceOf(LeaseLostException.class)
                    .hasMessageContaining("no longer holds the lease of study")
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
            silent.close();
            next.require();
        }
        assertThatThrownBy(silent::require).isInstanceOf(LeaseLostException.class);
    }

    @Test
    void aHolderThatNotesThatItLivesIsWaitedForHoweverLongItTakes() throws Exception {
        Lease slow = leases(SHORT, LONG).hold("study", waits::add);
        asIfOnAnotherMachine("study");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            AtomicLong time = new AtomicLong();
            CountDownLatch waiting = new CountDownLatch(1);
            Leases patient = leases(warehouse.toString(), new Configuration(), SHORT, Duration.ofSeconds(2), time::get);
            Future<Lease> second = other.submit(() -> patient.hold("study", holder -> waiting.countDown()));
            assertThat(waiting.await(30, TimeUnit.SECONDS)).isTrue();
            for (int note = 0; note < 10; note++) {
                awaitNextNote("study");
                time.addAndGet(Duration.ofMillis(1_500).toNanos());
            }
            awaitNextNote("study");
            assertThat(second.isDone()).isFalse();
            Files.delete(file("study", 1));
            second.get().close();
        } finally {
            other.shutdownNow();
            slow.close();
        }
    }

    @Test
    void aHolderOfThisMachineWhoseProcessIsGoneIsReplacedAtOnce() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        plant("study", 3, holder(dead.pid(), "2020-01-01T00:00:00Z"));
        try (Lease next = leases(SHORT, LONG).hold("study", waits::add)) {
            assertThat(next.number()).isEqualTo(4);
        }
        assertThat(waits).isEmpty();
    }

    @Test
    void aProcessNumberThatIsUsedAgainIsNotTheHolder() throws Exception {
        plant("study", 1, holder(ProcessHandle.current().pid(), "2020-01-01T00:00:00Z"));
        try (Lease next = leases(SHORT, LONG).hold("study", waits::add)) {
            assertThat(next.number()).isEqualTo(2);
        }
    }

    @Test
    void aHolderThatWasKilledAsItTookTheLeaseBlocksNobodyForLong() throws Exception {
        Files.createDirectories(warehouse.resolve("_leases"));
        Files.writeString(file("study", 1), "{\"owner\":\"x");
        try (Lease next = leases(SHORT, Duration.ofMillis(100)).hold("study", waits::add)) {
            assertThat(next.number()).isEqualTo(2);
        }
        assertThat(left()).isEmpty();
    }

    /** Returns when the first holder has noted once more that it lives. */
    private void awaitNextNote(String name) throws Exception {
        LeaseFiles files = new LeaseFiles(
                new org.apache.hadoop.fs.Path(warehouse.resolve("_leases").toString()), name, new Configuration());
        String owner = files.holder().orElseThrow().owner();
        Optional<String> before = files.lastNote(owner);
        while (files.lastNote(owner).equals(before)) {
            Thread.sleep(1);
        }
    }

    private Leases leases(Duration interval, Duration silence) {
        return leases(warehouse.toString(), new Configuration(), interval, silence);
    }

    private static Leases leases(String warehouse, Configuration hadoop, Duration interval, Duration silence) {
        return leases(warehouse, hadoop, interval, silence, System::nanoTime);
    }

    private static Leases leases(
            String warehouse, Configuration hadoop, Duration interval, Duration silence, LongSupplier nanoTime) {
        return new Leases(
                warehouse,
                hadoop,
                Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC),
                interval,
                silence,
                Duration.ofMillis(5),
                nanoTime);
    }

    private static Holder holder(long process, String start) {
        Holder here = Holder.here("1970-01-01T00:00:00Z");
        return new Holder("planted", here.machine(), here.host(), process, start, here.since());
    }

    private void plant(String name, long number, Holder holder) throws IOException {
        Files.createDirectories(warehouse.resolve("_leases"));
        Files.writeString(file(name, number), holder.json());
    }

    private Path file(String name, long number) {
        return warehouse.resolve("_leases").resolve(name + "." + number + ".holder");
    }

    private void asIfOnAnotherMachine(String name) throws IOException {
        Path file = file(name, 1);
        Holder here = Holder.read(Files.readString(file)).orElseThrow();
        Files.writeString(
                file,
                new Holder(here.owner(), "another", here.host(), here.process(), here.processStart(), here.since())
                        .json());
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> all = Files.list(warehouse.resolve("_leases"))) {
            return all.toList();
        }
    }
}
