package dev.smt.jobs.trial;

import dev.smt.data.EncodedExamples;
import dev.smt.data.RowSample;
import dev.smt.jobs.executor.HeapShares;
import dev.smt.jobs.executor.TaskDevice;
import dev.smt.jobs.ingest.EncodedStore;
import dev.smt.jobs.ingest.PipelineManifest;
import dev.smt.jobs.ingest.Split;
import java.io.IOException;
import java.io.Serializable;
import java.lang.ref.SoftReference;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.spark.util.SerializableConfiguration;

/**
 * The encoded examples that an executor has read: each split once, shared by the trials that run there, given up when
 * memory runs short. Splits of a warehouse that is on no local disk are read from {@link LocalCopies}. It is broadcast, so
 * there is one per executor.
 */
public final class ExampleCache implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String warehouse;
    private final SerializableConfiguration hadoop;
    private transient Map<String, SoftReference<EncodedExamples>> loaded;
    private transient LocalCopies copies;
    private transient TaskDevice device;
    private transient HeapShares heap;

    ExampleCache(String warehouse, SerializableConfiguration hadoop) {
        this.warehouse = warehouse;
        this.hadoop = hadoop;
    }

    /** The examples of a split: read on first use. */
    public EncodedExamples examples(String pipeline, String dataVersion, Split split) {
        return cached(String.join("\n", pipeline, dataVersion, split.name()), () -> read(pipeline, dataVersion, split));
    }

    private EncodedExamples cached(String key, Supplier<EncodedExamples> read) {
        EncodedExamples[] strong = new EncodedExamples[1];
        loaded().compute(key, (name, known) -> {
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
                : cached(
                        String.join("\n", pipeline, dataVersion, split.name(), sample.toString()),
                        () -> sample.of(all));
    }

    private EncodedExamples read(String pipeline, String dataVersion, Split split) {
        EncodedStore store = new EncodedStore(warehouse, hadoop.value());
        PipelineManifest manifest = store.manifest(pipeline, dataVersion);
        return store.isLocal()
                ? store.read(manifest, split)
                : copies().read(manifest.split(split), new LocalCopies.Source() {
                    @Override
                    public void copy(Path target) throws IOException {
                        store.copy(manifest, split, target);
                    }

                    @Override
                    public EncodedExamples read() {
                        return store.read(manifest, split);
                    }
                });
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

    private synchronized Map<String, SoftReference<EncodedExamples>> loaded() {
        if (loaded == null) {
            loaded = new ConcurrentHashMap<>();
        }
        return loaded;
    }
}
