package dev.smt.importance;

import java.util.HashMap;
import java.util.Map;

/** Gates from 0 to 1, all open at first, moved by Adam (Kingma, Ba 2015) down a loss and a price per open gate. */
final class Gates {
    private static final double RATE = 0.02;
    private static final double FIRST_DECAY = 0.9;
    private static final double SECOND_DECAY = 0.999;
    private static final double TINY = 1e-8;

    private final double price;
    private final Map<String, Gate> gates = new HashMap<>();

    /** @param price of a gate that is open, in the loss's unit */
    Gates(double price) {
        this.price = price;
    }

    private static final class Gate {
        private double value = 1;
        private double first;
        private double second;
        private int steps;

        void move(double gradient) {
            steps++;
            first += (1 - FIRST_DECAY) * (gradient - first);
            second += (1 - SECOND_DECAY) * (gradient * gradient - second);
            double mean = first / (1 - Math.pow(FIRST_DECAY, steps));
            double size = Math.sqrt(second / (1 - Math.pow(SECOND_DECAY, steps)));
            value = Math.max(0, Math.min(1, value - RATE * mean / (size + TINY)));
        }
    }

    /** A feature's gate. */
    double gate(String feature) {
        Gate gate = gates.get(feature);
        return gate == null ? 1 : gate.value;
    }

    /** One step, given the derivatives of the loss by the gates. */
    void move(Map<String, Double> derivatives) {
        derivatives.forEach((feature, derivative) ->
                gates.computeIfAbsent(feature, name -> new Gate()).move(derivative + price));
    }
}
