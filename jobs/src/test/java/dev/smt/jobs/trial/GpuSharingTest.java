package dev.smt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smt.training.ModelSizes;
import java.util.List;
import org.apache.spark.resource.TaskResourceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GpuSharingTest {
    private static final long GPU = 16_000_000_000L;

    @ParameterizedTest
    @CsvSource({
        // (16 GB - 0.8 GB) / 3.8 GB
        "3800000000, 8, 4",
        "3800000001, 8, 3",
        // No more than there are cores, nor than make sense.
        "1000000, 8, 8",
        "1000000, 100, 32",
        // One that does not fit has a GPU of its own, and may fail.
        "15200000001, 8, 1",
        "50000000000, 8, 1",
    })
    void asManyTrainingsShareAGpuAsFitItsMemory(long largest, int most, int expected) {
        assertThat(new GpuSharing(GPU, most).trainingsPerGpu(largest)).isEqualTo(expected);
    }

    @Test
    void aTaskAsksForTheShareThatItsLargestTrainingNeeds() {
        TrialModel trial = TrialExamples.trial("a");
        long bytes = ModelSizes.deviceBytes(trial.specification());
        GpuSharing sharing = new GpuSharing(GpuSharing.CONTEXT_BYTES + 3 * bytes, 8);
        TaskResourceRequest gpu = sharing.profile(List.of(trial))
                .orElseThrow()
                .taskResourcesJMap()
                .get("gpu");
        assertThat(gpu.amount()).isEqualTo(1.0 / 3);
        assertThat(sharing.profile(List.of(trial, TrialExamples.trial("b"))))
                .as("the same share is the same profile")
                .containsSame(sharing.profile(List.of(trial)).orElseThrow());
    }

    @Test
    void sparksSettingsHoldWhereTheMemoryIsNotGiven() {
        assertThat(new GpuSharing(0, 8).profile(List.of(TrialExamples.trial("a"))))
                .isEmpty();
    }
}
