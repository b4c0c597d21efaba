package dev.smt.training;

import dev.smt.data.DataTemplate;
import dev.smt.data.EncodedExamples;
import dev.smt.data.LabelTransform;
import dev.smt.data.LabelTransform.Binarize;
import dev.smt.data.LabelTransform.Log1p;
import dev.smt.data.LabelTransform.Window;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.fleet.OptimizationEvent.Binary;
import dev.smt.fleet.OptimizationEvent.Levels;
import java.util.Optional;

/**
 * The labels of one event on some rows, and which rows have one.
 *
 * @param event the event
 * @param transform of its label; empty: none
 * @param labels as training sees them, but for what the loss does; as they are where the rows are for evaluation
 * @param given values of the label that it depends on; empty where it depends on none
 */
record EventRows(OptimizationEvent event, Optional<LabelTransform> transform, float[] labels, float[] given) {

    /**
     * The event on training rows: labels are limited to their attribution window.
     *
     * @throws TrainingFailedException when a value is not one that the event can have
     */
    static EventRows training(EncodedExamples rows, OptimizationEvent event, DataTemplate template) {
        EventRows events = evaluation(rows, event, template);
        if (events.transform.orElse(null) instanceof Window window) {
            float[] delays = rows.label(window.delay());
            float[] inside = events.labels.clone();
            for (int row = 0; row < inside.length; row++) {
                inside[row] = window.apply(inside[row], delays[row]);
            }
            return new EventRows(event, events.transform, inside, events.given);
        }
        return events;
    }

    /** The transform of an event's label. */
    static Optional<LabelTransform> transform(OptimizationEvent event, DataTemplate template) {
        return template.labelTransforms().stream()
                .filter(change -> change.label().equals(event.label()))
                .findFirst();
    }

    /**
     * The event on evaluation rows.
     *
     * @throws TrainingFailedException when a value is not one that the event can have
     */
    static EventRows evaluation(EncodedExamples rows, OptimizationEvent event, DataTemplate template) {
        Optional<LabelTransform> transform = transform(event, template);
        float[] labels = rows.target(event.label());
        if (transform.orElse(null) instanceof Binarize binarize) {
            labels = labels.clone();
            for (int row = 0; row < labels.length; row++) {
                labels[row] = binarize.apply(labels[row], 0);
            }
        }
        float[] given = event.isUnconditional() ? new float[0] : rows.label(event.given());
        EventRows events = new EventRows(event, transform, labels, given);
        for (int row = 0; row < labels.length; row++) {
            events.requireAllowed(row);
        }
        return events;
    }

    /** Whether the event is known in the row. */
    boolean has(int row) {
        return given.length == 0 || given[row] == 1;
    }

    private void requireAllowed(int row) {
        float label = labels[row];
        String allowed = "";
        if (event.target() instanceof Binary) {
            allowed = label == 0 || label == 1 ? "" : "0 or 1";
        } else if (event.target() instanceof Levels levels) {
            boolean level = label == Math.rint(label) && label >= 0 && label < levels.count();
            allowed = level ? "" : "whole numbers from 0 to " + (levels.count() - 1);
        } else if (transform.orElse(null) instanceof Log1p) {
            allowed = label >= 0 ? "" : "0 or more, since its transform is log1p";
        }
        if (!allowed.isEmpty() && has(row)) {
            throw new TrainingFailedException(
                    "label " + event.label() + " is " + label + " in row " + row + "; allowed: " + allowed);
        }
    }
}
