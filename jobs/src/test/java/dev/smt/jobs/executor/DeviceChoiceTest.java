package dev.smt.jobs.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.training.ComputeDevice;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceChoiceTest {
    /** No host has so many GPUs. */
    private static final String MISSING = "127";

    @Test
    void theProcessorIsUsedWhereItWasChosenWhateverSparkGives() {
        assertThat(DeviceChoice.CPU.decide(Optional.of("0")))
                .isEqualTo(new DeviceChoice.Decision(Optional.of(ComputeDevice.CPU), Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        ", its tasks are given no GPU; set spark.executor.resource.gpu.amount",
        "MIG-7, 'the GPU''s address is \"MIG-7\"; allowed: its number on the host'",
        "128, 'the GPU''s address is \"128\"; allowed: its number on the host'",
        "-1, 'the GPU''s address is \"-1\"; allowed: its number on the host'",
        MISSING + ", PyTorch can't use GPU 127: ",
    })
    void whereNoGpuCanBeUsedAutoTakesTheProcessorAndGpuRefuses(String given, String why) {
        DeviceChoice.Decision auto = DeviceChoice.AUTO.decide(Optional.ofNullable(given));
        assertThat(auto.device()).contains(ComputeDevice.CPU);
        assertThat(auto.problem().orElseThrow()).startsWith(why).contains("docs/gpus.md", "executors.device = cpu");
        DeviceChoice.Decision gpu = DeviceChoice.GPU.decide(Optional.ofNullable(given));
        assertThat(gpu.device()).isEmpty();
        assertThat(gpu.problem()).isEqualTo(auto.problem());
    }
}
