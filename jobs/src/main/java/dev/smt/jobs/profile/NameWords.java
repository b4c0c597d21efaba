package dev.smt.jobs.profile;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What the words of a column's name hint at. */
final class NameWords {
    /** What a user may do; a label's name. */
    static final Set<String> OUTCOMES = words(
            "click clicks clicked tap taps tapped conversion conversions converted convert cvr purchase purchased buy"
                    + " bought order ordered install installed subscribe subscribed signup registered like liked dislike"
                    + " disliked follow followed share shared comment commented reply replied forward forwarded hide"
                    + " hidden hate look looked report reported skip skipped view viewed watched finish finished complete completed"
                    + " play played open opened download downloaded save saved favorite favorited bookmark bookmarked"
                    + " cart basket checkout lead submit submitted apply applied book booked response responded label"
                    + " target y engaged engagement success churn churned renewed unsubscribe unsubscribed");

    static final Set<String> TIMES = words(
            "ts time timestamp datetime date day at when created occurred logged event request served impression");

    /** A time with one of these words is about the user or the item, not about the row. */
    static final Set<String> OTHER_TIMES = words(
            "signup register registered registration birth birthday born updated modified published publish upload"
                    + " uploaded release released last first end expires");

    static final Set<String> PEOPLE = words("user visitor member customer client account viewer reader shopper buyer"
            + " person people player subscriber cookie uid userid visitorid customerid guest household device session");

    /** A person's, but a poorer unit than the person: several of them are one person's. */
    static final Set<String> VISITS = words("device session cookie");

    /** Where an impression was shown. */
    static final Set<String> SURFACES = words("surface placement slot banner tab page channel site app screen section"
            + " zone inventory feed widget block shelf row module location property");

    /** Another way to split a fleet. */
    static final Set<String> SEGMENTS = words("country region market locale language lang platform os segment vertical"
            + " tier publisher domain network city state geo store");

    static final Set<String> ITEMS =
            words("item ad ads banner creative campaign advertiser product sku video movie film"
                    + " article post story song track artist author publisher brand seller merchant category categories genre tag"
                    + " tags topic content doc document job listing hotel restaurant book game offer coupon query price upload"
                    + " duration");

    /** What only people have. */
    static final Set<String> OF_PEOPLE = words("age gender sex income occupation interests interest history histories"
            + " followers friends fans register signup lifetime loyalty membership");

    static final Set<String> IDS =
            words("id ids code hash key uid guid uuid type kind category class group cluster zip" + " postcode");

    static final Set<String> MEASURES = words("count counts num number n cnt age price amount cost bid value score rate"
            + " ratio duration seconds secs sec ms minutes hours days length len size width height weight views followers"
            + " friends fans income distance rank quantity qty total sum avg mean max min");

    private final List<String> words;

    private NameWords(List<String> words) {
        this.words = words;
    }

    /** The words of a name, which may be spelled with_underscores, with-hyphens or inCamelCase. */
    static NameWords of(String name) {
        String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
        return new NameWords(Arrays.stream(spaced.split("[^a-z0-9]+"))
                .filter(word -> !word.isEmpty())
                .toList());
    }

    boolean hint(Set<String> vocabulary) {
        return !Collections.disjoint(words, vocabulary);
    }

    /** Whether every word but {@code is}, {@code has} and the like is among these. */
    boolean are(Set<String> vocabulary) {
        List<String> telling = words.stream()
                .filter(word ->
                        !Set.of("is", "has", "did", "was", "the", "of", "event").contains(word))
                .toList();
        return !telling.isEmpty() && vocabulary.containsAll(telling);
    }

    private static Set<String> words(String list) {
        return Arrays.stream(list.split(" +")).collect(Collectors.toUnmodifiableSet());
    }
}
