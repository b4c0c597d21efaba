package dev.smt.training;

import dev.smt.data.EncodedExamples;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The training rows that a model doesn't learn from: the last in time, of equal times the last in the file. */
final class HeldOutRows {
    private final int[] validation;
    private final int[] calibration;
    private final boolean[] trained;

    private HeldOutRows(int[] validation, int[] calibration, int rows) {
        this.validation = validation;
        this.calibration = calibration;
        this.trained = new boolean[rows];
        Arrays.fill(trained, true);
        IntStream.concat(Arrays.stream(validation), Arrays.stream(calibration)).forEach(row -> trained[row] = false);
    }

    static HeldOutRows of(EncodedExamples examples, HeldOutTemplate template) {
        int rows = examples.rows();
        int calibration = (int) Math.round(rows * template.calibrationShare());
        int validation = (int) Math.round(rows * template.validationShare());
        int heldOut = Math.min(rows, calibration + validation);
        if (heldOut == 0) {
            return new HeldOutRows(new int[0], new int[0], rows);
        }
        int[] last = last(examples, heldOut);
        return new HeldOutRows(
                Arrays.copyOfRange(last, 0, heldOut - calibration),
                Arrays.copyOfRange(last, heldOut - calibration, heldOut),
                rows);
    }

    /** Whether the model learns from a row. */
    boolean trains(int row) {
        return trained[row];
    }

    /** The rows that the model learns from, in the order of the file. */
    int[] trained() {
        return IntStream.range(0, trained.length).filter(row -> trained[row]).toArray();
    }

    /** The rows for early stopping, in the order of time. */
    int[] validation() {
        return validation;
    }

    /** The rows for the calibration layer, in the order of time. */
    int[] calibration() {
        return calibration;
    }

    /** The numbers of the last rows, in the order of time. */
    private static int[] last(EncodedExamples examples, int count) {
        return IntStream.range(0, examples.rows())
                .boxed()
                .sorted((a, b) -> Long.compare(examples.time(a), examples.time(b)))
                .skip(examples.rows() - count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
