package dev.smt.jobs.ingest;

import org.apache.spark.TaskContext;
import org.apache.spark.memory.MemoryConsumer;
import org.apache.spark.memory.MemoryMode;
import org.apache.spark.memory.TaskMemoryManager;

/** The memory that the distinct values of a task's rows may take while they are counted. */
interface VocabularyMemory {
    /** Whether so many bytes may be held, in all. */
    boolean allows(long bytes);

    /** A share of Spark's memory for what tasks run, beside their sorts. */
    final class OfTask extends MemoryConsumer implements VocabularyMemory, AutoCloseable {
        private OfTask(TaskMemoryManager memory) {
            super(memory, MemoryMode.ON_HEAP);
        }

        /** Of the task that runs in this thread. */
        static OfTask current() {
            return new OfTask(TaskContext.get().taskMemoryManager());
        }

        @Override
        public boolean allows(long bytes) {
            long more = bytes - getUsed();
            if (more > 0) {
                return acquireMemory(more) == more;
            }
            freeMemory(-more);
            return true;
        }

        /** Nothing is given to others of the task: they ask before the first row is encoded. */
        @Override
        public long spill(long size, MemoryConsumer trigger) {
            return 0;
        }

        @Override
        public void close() {
            freeMemory(getUsed());
        }
    }
}
