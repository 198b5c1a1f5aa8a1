package dev.roost.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A search: words, phrases in quotes, {@code from:} and {@code is:reply}, all of which a post must fit; a minus sign in
 * front says that it must not. X knows more operators, {@code OR} and brackets among them.
 */
final class SearchQuery {

    private static final Pattern TERM = Pattern.compile("(-?)((?:[a-z_]+:)?\"[^\"]*\"|\\S+)");
    private static final Pattern OPERATOR = Pattern.compile("([a-z_]+):(?!//)(.*)");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    private final List<Predicate<LedgerPost>> terms;

    private SearchQuery(List<Predicate<LedgerPost>> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Reads a query; operators other than the two go to the findings. */
    static SearchQuery of(String text, World world, Findings findings) {
        List<Predicate<LedgerPost>> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(text);
        while (matcher.find()) {
            Predicate<LedgerPost> term = term(matcher.group(2), text, world, findings);
            terms.add(matcher.group(1).isEmpty() ? term : term.negate());
        }
        return new SearchQuery(terms);
    }

    boolean matches(LedgerPost post) {
        return terms.stream().allMatch(term -> term.test(post));
    }

    private static Predicate<LedgerPost> term(String term, String text, World world, Findings findings) {
        Matcher operator = OPERATOR.matcher(term);
        if (!operator.matches()) {
            return phrase(term.replace("\"", ""));
        }
        String name = operator.group(1);
        String value = operator.group(2);
        if (name.equals("from")) {
            return from(value.startsWith("@") ? value.substring(1) : value, world);
        }
        if (name.equals("is") && value.equals("reply")) {
            return post -> post.links().replyTo().isPresent();
        }
        findings.add("query", text, "Reference to invalid operator '" + term + "'. The simulator knows from, is:reply");
        return post -> false;
    }

    private static Predicate<LedgerPost> from(String user, World world) {
        return post -> post.userId().equals(user)
                || world.register()
                        .userNamed(user)
                        .filter(named -> named.id().equals(post.userId()))
                        .isPresent();
    }

    /** Whole words in this order, as X does not look inside words. Of signs alone, the signs themselves. */
    private static Predicate<LedgerPost> phrase(String phrase) {
        String words = words(phrase);
        return words.isBlank()
                ? post -> post.text().contains(phrase)
                : post -> words(post.text()).contains(words);
    }

    private static String words(String text) {
        StringBuilder words = new StringBuilder(" ");
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (word.find()) {
            words.append(word.group()).append(' ');
        }
        return words.toString();
    }
}
