package fulcrum.directory;

import java.util.regex.Matcher;

/// A text that a regular expression may look at only so often, so that a pattern with catastrophic backtracking ends
/// instead of holding a thread. Used for patterns that users write; such a pattern counts as not matching.
public final class BoundedText implements CharSequence {
    private static final int STEPS = 200_000;

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
