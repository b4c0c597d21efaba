package dev.smt.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.nn.embedding.EmbeddingFormat;
import dev.smt.serving.ServingTemplate;
import java.util.Optional;

/** The section {@code serving} of a template's JSON. */
final class ServingSection {
    private ServingSection() {}

    static ObjectNode write(ServingTemplate serving) {
        ObjectNode node = TemplateWriter.object();
        node.set("capacity-tolerance", CanonicalJson.number(serving.capacityTolerance()));
        node.put("embedding-format", Labels.of(serving.embeddingFormat()));
        node.set("pruned-share", CanonicalJson.number(serving.prunedShare()));
        node.put("cached-item-tower", serving.cachedItemTower());
        return node;
    }

    static Optional<ServingTemplate> read(JsonFields fields) {
        double tolerance = fields.real("capacity-tolerance", 0);
        EmbeddingFormat format = fields.label("embedding-format", EmbeddingFormat.class, EmbeddingFormat.FP32);
        double prunedShare = fields.real("pruned-share", 0);
        boolean cachedItemTower = fields.flag("cached-item-tower", false);
        fields.rejectUnknown();
        return fields.make(() -> new ServingTemplate(tolerance, format, prunedShare, cachedItemTower));
    }

    /** The canonical hash of the section: SHA-256 over its canonical text. */
    static String hash(ServingTemplate serving) {
        return CanonicalJson.sha256(CanonicalJson.text(LaterFields.compact("serving", write(serving))));
    }
}
