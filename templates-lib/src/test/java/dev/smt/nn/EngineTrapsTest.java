package dev.smt.nn;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import ai.djl.ndarray.NDArray;
import ai.djl.nn.Activation;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Calls of the engine that are wrong in a network, though they look right. */
class EngineTrapsTest {
    private static final JavaClasses NETWORK = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.smt.nn");

    /** The backward pass would read memory that the garbage collector may have taken: see Constant. */
    @Test
    void noBlockMultipliesByANumber() {
        for (String method : new String[] {"mul", "div", "pow"}) {
            noClasses().should().callMethod(NDArray.class, method, Number.class).check(NETWORK);
        }
    }

    /** It multiplies by a number: see SigmoidLinearUnit. */
    @Test
    void noBlockIsTheEnginesSwish() {
        noClasses()
                .should()
                .callMethod(Activation.class, "swishBlock", float.class)
                .check(NETWORK);
        noClasses()
                .should()
                .callMethod(Activation.class, "swish", NDArray.class, float.class)
                .check(NETWORK);
    }
}
