package dev.smt.model;

import java.util.Objects;

/**
 * Where a trained model comes from, in the words of whoever trained it; empty texts where it doesn't apply.
 *
 * @param modelId the model of the fleet
 * @param template the published version that it was made of, such as {@code sparse-nn-medium@3}
 * @param pipeline the data pipeline that its rows are of
 * @param dataVersion of the rows that it was trained on
 * @param codeVersion of the program that trained it
 */
public record Provenance(String modelId, String template, String pipeline, String dataVersion, String codeVersion) {
    public Provenance {
        Objects.requireNonNull(modelId, "modelId");
        Objects.requireNonNull(template, "template");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(dataVersion, "dataVersion");
        Objects.requireNonNull(codeVersion, "codeVersion");
    }
}
