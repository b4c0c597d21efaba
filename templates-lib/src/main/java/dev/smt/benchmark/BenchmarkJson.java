package dev.smt.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.smt.fleet.FleetModel;
import dev.smt.metric.FleetObjective;
import dev.smt.search.Parameter;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The JSON document of a benchmark fleet, format version 1: everything, the truth included; docs/formats.md has its keys. */
public final class BenchmarkJson {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private BenchmarkJson() {}

    /** Writes the document, indented, in UTF-8; the stream stays open. */
    public static void write(BenchmarkFleet fleet, OutputStream out) throws IOException {
        out.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(document(fleet)));
        out.write('\n');
    }

    private static ObjectNode document(BenchmarkFleet fleet) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("format-version", VERSION).put("seed", fleet.seed());
        root.put("clusters", fleet.shape().clusters());
        FleetObjective objective = fleet.objective();
        root.putObject("objective")
                .put("alpha", objective.alpha())
                .put("epsilon", objective.epsilon())
                .put("tau", objective.tau());
        root.putObject("noise")
                .put("seed-ratio", fleet.shape().seedRatio())
                .put("shared-row-variance", SimulatedTrainings.SHARED);
        ArrayNode models = root.putArray("models");
        fleet.models().forEach(model -> model(models.addObject(), model));
        ArrayNode techniques = root.putArray("techniques");
        fleet.techniques().forEach(technique -> technique(techniques.addObject(), fleet, technique));
        return root;
    }

    private static void model(ObjectNode node, BenchmarkModel model) {
        FleetModel seen = model.model();
        node.put("id", seen.id())
                .put("ranking-stage", seen.stage().label())
                .put("flops", seen.flops())
                .put("hardware", seen.hardware())
                .put("event", seen.event())
                .put("surface", seen.surface())
                .put("data-constraint", seen.dataConstraint())
                .put("weight", seen.weight());
        ObjectNode truth = node.putObject("truth");
        truth.put("cluster", model.cluster())
                .put("resists", model.resists())
                .put("sensitivity", model.sensitivity())
                .put("loss", model.loss())
                .put("row-error", model.rowError())
                .put("failure-rate", model.failureRate());
        model.traits().forEach(truth.putArray("traits")::add);
    }

    private static void technique(ObjectNode node, BenchmarkFleet fleet, BenchmarkTechnique technique) {
        node.put("name", technique.name());
        ArrayNode parameters = node.putArray("parameters");
        List<Parameter> all = technique.searchSpace().parameters();
        all.forEach(parameter -> parameter(parameters.addObject(), parameter));
        ObjectNode truth = node.putObject("truth");
        truth.put("kind", technique.kind().label());
        surface(truth.putObject("surface"), technique.surface().coefficients());
        if (technique.generalizes()) {
            fleet.best(technique).ifPresent(best -> {
                ObjectNode found = truth.putObject("best");
                ObjectNode theta = found.putObject("theta");
                best.theta().values().forEach(theta::putPOJO);
                found.put("mu", best.outcome().mu());
                found.put("regression-rate", best.outcome().regressionRate());
            });
        }
    }

    private static void parameter(ObjectNode node, Parameter parameter) {
        node.put("name", parameter.name());
        if (parameter instanceof Parameter.Real real) {
            node.put("type", "real").put("low", real.low()).put("high", real.high());
            node.put("log", real.log());
        } else if (parameter instanceof Parameter.Whole whole) {
            node.put("type", "whole").put("low", whole.low()).put("high", whole.high());
            node.put("log", whole.log());
        } else if (parameter instanceof Parameter.Categorical categorical) {
            node.put("type", "categorical");
            categorical.levels().forEach(node.putArray("levels")::add);
        } else {
            node.put("type", "flag");
        }
    }

    private static void surface(ObjectNode node, SurfaceCoefficients of) {
        numbers(node.putArray("gains"), of.gains());
        node.put("depth", of.depth());
        numbers(node.putArray("weights"), of.weights());
        table(node.putArray("optima"), of.optima());
        table(node.putArray("costs"), of.costs());
        numbers(node.putArray("direction"), of.direction());
        node.put("offset", of.offset());
        node.put("width", of.width());
        numbers(node.putArray("losses"), of.losses());
        numbers(node.putArray("levels"), of.levels());
        numbers(node.putArray("slopes"), of.slopes());
        node.put("resistance", of.resistance());
    }

    private static void table(ArrayNode array, double[][] rows) {
        for (double[] row : rows) {
            numbers(array.addArray(), row);
        }
    }

    private static void numbers(ArrayNode array, double[] numbers) {
        for (double number : numbers) {
            array.add(number);
        }
    }
}
