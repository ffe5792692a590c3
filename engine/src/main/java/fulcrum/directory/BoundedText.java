package fulcrum.directory;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// A text that a regular expression may look at only so often, so that a pattern with catastrophic backtracking ends
/// instead of holding a thread. Used for patterns that users write; such a pattern counts as not matching.
public final class BoundedText implements CharSequence {
    private static final int STEPS = 200_000;

    /// What [#findsSoon] does: some microseconds.
    private static final int STEPS_SOON = 1000;

    private static final int PATTERN_SOON = 100;

    private final CharSequence text;
    private final int[] left;

    public BoundedText(CharSequence text) {
        this(text, new int[] {STEPS});
    }

    private BoundedText(CharSequence text, int[] left) {
        this.text = text;
        this.left = left;
    }

    /// Thrown out of the matcher when the steps are used up; caught in [#finds].
    private static final class UsedUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UsedUp() {
            super("the pattern took too many steps", null, false, false);
        }
    }

    /// Whether a matcher over a `BoundedText` finds its pattern before the steps are used up.
    public static boolean finds(Matcher matcher) {
        try {
            return matcher.find();
        } catch (UsedUp | StackOverflowError runaway) {
            return false;
        }
    }

    /// Whether a pattern is found in a text, where that shows within some microseconds; empty where it does not, or
    /// where the pattern does not compile. So a call's thread may ask it, unlike [#finds], which can take a
    /// millisecond.
    public static Optional<Boolean> findsSoon(String pattern, String text) {
        if (pattern.length() > PATTERN_SOON) {
            return Optional.empty(); // compiling it takes time as well
        }
        try {
            BoundedText few = new BoundedText(text, new int[] {STEPS_SOON});
            return Optional.of(Pattern.compile(pattern).matcher(few).find());
        } catch (UsedUp | StackOverflowError | PatternSyntaxException later) {
            return Optional.empty();
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left[0] < 0) {
            throw new UsedUp();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new BoundedText(text.subSequence(start, end), left);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
