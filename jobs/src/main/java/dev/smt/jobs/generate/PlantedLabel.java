package dev.smt.jobs.generate;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The labels of an impression, and the optimization event that models of each have as their attribute. */
enum PlantedLabel {
    CLICK("response"),
    CONVERSION("response"),
    LIKE("quality"),
    HIDE("quality");

    static final int COUNT = values().length;
    static final List<String> EVENTS =
            Arrays.stream(values()).map(PlantedLabel::event).distinct().toList();
    static final int LABELS_PER_EVENT = COUNT / EVENTS.size();

    private final String event;

    PlantedLabel(String event) {
        this.event = event;
    }

    String event() {
        return event;
    }

    /** The label's column. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    double baseRate(GenerateConfiguration.BaseRates rates) {
        return switch (this) {
            case CLICK -> rates.click();
            case CONVERSION -> rates.conversion();
            case LIKE -> rates.like();
            case HIDE -> rates.hide();
        };
    }

    /** Whether a product of numeric features moves this label: they do for the responses. */
    boolean hasInteractions() {
        return event.equals("response");
    }

    static List<PlantedLabel> ofEvent(String event) {
        return Arrays.stream(values())
                .filter(label -> label.event.equals(event))
                .toList();
    }
}
