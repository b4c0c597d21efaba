package dev.smt.training;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.smt.nn.NetworkSpecification;
import dev.smt.nn.network.ModuleInput;
import dev.smt.nn.network.ModuleInput.BinCodes;
import dev.smt.nn.network.ModuleInput.GivenVectors;
import dev.smt.nn.network.ModuleInput.IdVectors;
import dev.smt.nn.network.ModuleInput.NarrowVectors;
import dev.smt.nn.representation.FittedFeatures;
import java.util.Optional;

/** What fills the input of each kind of representation module. */
final class ModuleBatches {
    private ModuleBatches() {}

    /** The batch of a module; empty where it has no arrays of its own. */
    static Optional<ModuleBatch> of(
            ModuleInput input,
            NetworkSpecification specification,
            FittedFeatures fitted,
            FeatureTables tables,
            int capacity,
            NDManager manager) {
        if (input.shapes(capacity).isEmpty()) {
            return Optional.empty();
        }
        Shape shape = input.shapes(capacity).get(0);
        if (input instanceof NarrowVectors narrow) {
            return Optional.of(
                    new ModuleBatch.Embedded(narrow.feature(), tables.embedding(narrow.feature(), 0), shape, manager));
        }
        if (input instanceof IdVectors ids) {
            return Optional.of(new ModuleBatch.Embedded(ids.feature(), tables.unpooled(ids), shape, manager));
        }
        ModuleBatch.Constants.Codes codes = input instanceof GivenVectors given
                ? new NumberCodes.Vectors(
                        given, specification.architecture().representations().embedding())
                : new NumberCodes.PiecewiseLinear((BinCodes) input, fitted);
        return Optional.of(new ModuleBatch.Constants(codes, shape, manager));
    }
}
