package dev.smt.jobs.trial;

import dev.smt.data.EncodedExamples;
import dev.smt.data.RowSample;
import dev.smt.jobs.executor.HeapShares;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.ingest.Split;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The encoded examples that an executor has read: each split once, as {@link LocalCopies}, and samples of them in the heap, given up
 * when memory runs short. The trials that run there share them. It is broadcast, so there is one per executor.
 */
public final class ExampleCache implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String warehouse;
    private final SerializableConfiguration hadoop;
    private transient Map<String, PipelineManifest> manifests;
    private transient Map<String, SoftReference<EncodedExamples>> samples;
    private transient LocalCopies copies;
    private transient TaskDevice device;
    private transient HeapShares heap;

    ExampleCache(String warehouse, SerializableConfiguration hadoop) {
        this.warehouse = warehouse;
        this.hadoop = hadoop;
    }

    /** The examples of a split: read on first use. */
    public EncodedExamples examples(String pipeline, String dataVersion, Split split) {
        EncodedStore store = new EncodedStore(warehouse, hadoop.value());
        PipelineManifest manifest = manifests()
                .computeIfAbsent(pipeline + "\n" + dataVersion, key -> store.manifest(pipeline, dataVersion));
        return copies().read(manifest.split(split), columns -> store.read(manifest, split, columns));
    }

    private EncodedExamples sampled(String key, Supplier<EncodedExamples> read) {
        EncodedExamples[] strong = new EncodedExamples[1];
        samples().compute(key, (name, known) -> {
            strong[0] = known == null ? null : known.get();
            if (strong[0] != null) {
                return known;
            }
            strong[0] = read.get();
            return new SoftReference<>(strong[0]);
        });
        return strong[0];
    }

    /** The same, of a sample of the rows: taken on first use. */
    public EncodedExamples examples(String pipeline, String dataVersion, Split split, RowSample sample) {
        EncodedExamples all = examples(pipeline, dataVersion, split);
        return sample.isAll()
                ? all
                : sampled(
                        String.join("\n", pipeline, dataVersion, split.name(), sample.toString()),
                        () -> sample.of(all));
    }

    private synchronized LocalCopies copies() {
        if (copies == null) {
            copies = LocalCopies.ofThisExecutor();
        }
        return copies;
    }

    /** Where the tasks of this executor compute. */
    synchronized TaskDevice device() {
        if (device == null) {
            device = new TaskDevice();
        }
        return device;
    }

    /** What the trainings of this executor share. */
    synchronized HeapShares heap() {
        if (heap == null) {
            heap = new HeapShares(Runtime.getRuntime().maxMemory());
        }
        return heap;
    }

    HungTrainings hungTrainings() {
        return new HungTrainings(warehouse, hadoop.value());
    }

    private synchronized Map<String, SoftReference<EncodedExamples>> samples() {
        if (samples == null) {
            samples = new ConcurrentHashMap<>();
        }
        return samples;
    }

    private synchronized Map<String, PipelineManifest> manifests() {
        if (manifests == null) {
            manifests = new ConcurrentHashMap<>();
        }
        return manifests;
    }
}
