package dev.smt.serving;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.internal.NDArrayEx;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;

/**
 * Counts the floating-point operations of a network while it runs: stands between the blocks and the engine's arrays, and
 * counts each call by the shapes of its real operands and results. A call that it doesn't know is an error, so that no
 * operation goes uncounted. It knows nothing of interactions, towers or specifications.
 */
final class OperationCounter {
    private static final Set<String> MOVES = Set.of(
            "reshape",
            "transpose",
            "gather",
            "concat",
            "split",
            "broadcast",
            "getShape",
            "getDevice",
            "getManager",
            "getDataType",
            "expandDims",
            "get",
            "size");
    private static final Set<String> ELEMENTWISE = Set.of(
            "mul", "add", "addi", "sub", "div", "tanh", "relu", "sin", "cos", "square", "sqrt", "sigmoid", "maximum");

    private long operations;

    /** Operations so far. */
    long operations() {
        return operations;
    }

    /** The same array; what is made of it is counted, and what is made of that. */
    NDArray watch(NDArray array) {
        return proxy(array, NDArray.class);
    }

    private <T> T proxy(T target, Class<T> type) {
        return type.cast(Proxy.newProxyInstance(
                OperationCounter.class.getClassLoader(), new Class<?>[] {type}, new Watched(target)));
    }

    /** Calls the real array or its operations. */
    private final class Watched implements InvocationHandler {
        private final Object target;

        Watched(Object target) {
            this.target = target;
        }

        @Override
        public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
            if (method.getName().equals("getNDArrayInternal")) {
                return proxy(((NDArray) target).getNDArrayInternal(), NDArrayEx.class);
            }
            Object[] unwrapped = arguments == null
                    ? new Object[0]
                    : Arrays.stream(arguments).map(OperationCounter::unwrap).toArray();
            try {
                Object result = method.invoke(target, unwrapped);
                operations += operations(method.getName(), target, unwrapped, result);
                return wrap(result);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    private static Object unwrap(Object argument) {
        if (argument instanceof NDList list) {
            NDList plain = new NDList();
            list.forEach(array -> plain.add((NDArray) unwrap(array)));
            return plain;
        }
        return argument instanceof Proxy ? ((Watched) Proxy.getInvocationHandler(argument)).target : argument;
    }

    private Object wrap(Object result) {
        if (result instanceof NDList list) {
            NDList watched = new NDList();
            list.forEach(array -> watched.add(watch(array)));
            return watched;
        }
        return result instanceof NDArray array ? watch(array) : result;
    }

    private static long operations(String name, Object target, Object[] arguments, Object result) {
        if (MOVES.contains(name)) {
            return 0;
        }
        long outputs = (result instanceof NDList list ? list.head() : (NDArray) result).size();
        if (ELEMENTWISE.contains(name)) {
            return outputs;
        }
        return switch (name) {
                // The sum's additions and a quotient.
            case "mean" -> ((NDArray) target).size();
            case "sum" -> ((NDArray) target).size() - outputs;
            case "matMul", "batchMatMul" -> outputs * (2 * last(target) - 1);
            case "linear" -> outputs * (2 * last(arguments[0]) - 1) + (arguments[2] == null ? 0 : outputs);
                // Maximum, difference, exponential, sum and quotient.
            case "softmax" -> outputs / last(target) * (5 * last(target) - 2);
                // Mean, deviations, variance, root of it and epsilon, quotients, gain and shift.
            case "layerNorm" -> layerNorm(outputs, ((Shape) arguments[1]).size());
            default -> throw new AssertionError("the counter doesn't know the operation " + name);
        };
    }

    private static long layerNorm(long values, long width) {
        long mean = (width - 1) + 1;
        long deviations = width;
        long variance = width + (width - 1) + 1;
        long reciprocalRoot = 3;
        long scaled = width;
        long gainAndShift = 2 * width;
        return values / width * (mean + deviations + variance + reciprocalRoot + scaled + gainAndShift);
    }

    private static long last(Object array) {
        Shape shape = ((NDArray) array).getShape();
        return shape.get(shape.dimension() - 1);
    }
}
