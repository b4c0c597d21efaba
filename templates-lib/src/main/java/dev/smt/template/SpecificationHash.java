package dev.smt.template;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.data.DataTemplate;
import dev.smt.feature.Feature;
import dev.smt.feature.Feature.IdColumn;
import dev.smt.feature.Feature.SequenceColumn;
import dev.smt.feature.Feature.VectorColumn;
import dev.smt.fleet.OptimizationEvent;
import dev.smt.nn.NetworkSpecification;
import dev.smt.training.TrainingTemplate;
import java.util.List;

/**
 * The canonical hash of a model specification. It is over what training depends on and nothing else, so that equal
 * hashes mean equal training; it must never change for the same content, because results are kept under it.
 */
final class SpecificationHash {
    private static final int FORM = 1;

    private SpecificationHash() {}

    static String of(NetworkSpecification network, DataTemplate data, TrainingTemplate training) {
        ObjectNode root = TemplateWriter.object();
        root.put("specification-form", FORM);
        root.set("network", network(network));
        root.set("data", LaterFields.compact("data", TemplateWriter.data(data)));
        root.set("training", LaterFields.compact("training", TrainingSection.write(training)));
        root.put("label", network.events().get(0).label());
        OptimizationEvent plain =
                OptimizationEvent.binary(network.events().get(0).label());
        if (!network.events().equals(List.of(plain))) {
            network.events().forEach(event -> root.withArray("events").add(event.toString()));
        }
        return CanonicalJson.sha256(CanonicalJson.text(root));
    }

    private static ObjectNode network(NetworkSpecification network) {
        ObjectNode node = TemplateWriter.object();
        node.set(
                "architecture",
                LaterFields.compact("architecture", TemplateWriter.architecture(network.architecture())));
        ArrayNode features = node.putArray("features");
        network.features().forEach(feature -> features.add(feature(feature)));
        node.put("max-sequence-length", network.maxSequenceLength());
        node.put("pooling", Labels.of(network.pooling()));
        network.transforms().forEach(transform -> node.withArray("transforms").add(transform.text()));
        return node;
    }

    static ObjectNode feature(Feature feature) {
        ObjectNode node = TemplateWriter.object();
        node.put("name", feature.name());
        node.put("type", feature.type().label());
        node.put("side", Labels.of(feature.side()));
        if (feature.column() instanceof IdColumn id) {
            node.put("column", "id").put("cardinality", id.cardinality());
        } else if (feature.column() instanceof SequenceColumn sequence) {
            node.put("column", "sequence")
                    .put("cardinality", sequence.cardinality())
                    .put("max-length", sequence.maxLength());
        } else if (feature.column() instanceof VectorColumn vector) {
            node.put("column", "vector").put("width", vector.width());
        } else {
            node.put("column", "numeric");
        }
        return node;
    }
}
