package dev.smt.jobs.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/**
 * The process that holds a lease.
 *
 * @param owner unique to every acquisition
 * @param machine the kernel and process namespace: where they are equal, process numbers mean the same
 * @param host for people
 * @param process its number
 * @param processStart when the process began, in the machine's terms: numbers are used again
 * @param since when it got the lease, ISO 8601
 */
record Holder(String owner, String machine, String host, long process, String processStart, String since) {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

    /** This process, as a new owner. */
    static Holder here(String since) {
        ProcessHandle self = ProcessHandle.current();
        return new Holder(
                UUID.randomUUID().toString(), thisMachine(), LocalHost.name(), self.pid(), start(self), since);
    }

    /** Whether this machine can tell, and tells, that the process is gone. */
    boolean isGone() {
        if (!machine.equals(thisMachine())) {
            return false;
        }
        Optional<ProcessHandle> there = ProcessHandle.of(process).filter(ProcessHandle::isAlive);
        return there.map(running -> !start(running).equals(processStart)).orElse(true);
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Empty where the text is not whole: its writer was cut off, or is not done. */
    static Optional<Holder> read(String json) {
        try {
            return Optional.ofNullable(MAPPER.readValue(json, Holder.class)).filter(holder -> holder.owner != null);
        } catch (JsonProcessingException cutOff) {
            return Optional.empty();
        }
    }

    /** For messages. */
    String text() {
        return "process " + process + " on " + host + " since " + since;
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("unknown");
    }

    /** A host's name alone would do for machines, not for containers that share one. */
    private static String thisMachine() {
        try {
            return Files.readString(BOOT).strip() + " " + Files.readSymbolicLink(NAMESPACE);
        } catch (IOException | UnsupportedOperationException notLinux) {
            return LocalHost.name();
        }
    }
}
