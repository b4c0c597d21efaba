package dev.smt.fleet;

import java.util.Locale;

/** Where in the funnel a model ranks, from the widest stage to the last: an ordinal attribute. */
public enum RankingStage {
    RETRIEVAL,
    PRE_RANKING,
    RANKING;

    /** The stage's name in tables and configurations, such as {@code pre-ranking}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads a label.
     *
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static RankingStage ofLabel(String label) {
        for (RankingStage stage : values()) {
            if (stage.label().equals(label)) {
                return stage;
            }
        }
        throw new IllegalArgumentException(
                "ranking stage is \"" + label + "\"; allowed: retrieval, pre-ranking, ranking");
    }
}
