package dev.smt.training;

/**
 * The loss of one event, from the network's outputs for a row. Training sees the label as the data template transforms
 * it; evaluation sees it as it is.
 */
sealed interface EventLoss permits BinaryLoss, AmountLoss, LevelsLoss {

    /** The value that training aims at, given a label as it is. */
    float target(float label);

    /**
     * The training loss of a row; its gradient by the outputs, times a factor, is written.
     *
     * @param outputs this event's begin at {@code at}, as does their gradient
     */
    double gradient(float[] outputs, int at, float target, double factor, float[] gradient);

    /** The prediction of the label: a probability, an amount, or the expected level. */
    double prediction(float[] outputs, int at);

    /** The loss of a row in evaluation, by the label as it is: in nats, or a squared error. */
    double evaluation(float[] outputs, int at, float label);

    /** The mean evaluation loss of the best constant on the training rows: what a normalized entropy is relative to. */
    double constantLoss();

    /** Where the outputs' biases start: at the best constant of the rows that are trained on. */
    float[] initialBiases();
}
