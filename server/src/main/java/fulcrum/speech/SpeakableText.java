package fulcrum.speech;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A text made ready for an English voice: without what it cannot speak, cut to a length, in pieces of a sentence.
///
/// 1. A text that begins with `<speak` is SSML: its tags are left out, its entities become characters. Any other text
///    is spoken as it stands, `<` and all.
/// 2. Typographic quotes, dashes and the like become plain ones; accents are left out; what is not ASCII after that
///    (other scripts, emoji, control characters) becomes a space.
/// 3. At most [#LONGEST] characters, cut behind a word.
///
/// @param pieces not empty ones only; none when nothing is left
/// @param isCut whether the text was too long
record SpeakableText(List<String> pieces, boolean isCut) {
    /// Characters; about six minutes of speech.
    static final int LONGEST = 5000;

    /// A piece ends with a sentence, but is never longer than this; about half a minute.
    private static final int PIECE = 400;

    private static final Pattern SPEAK = Pattern.compile("\\s*(<\\?xml[^>]*>\\s*)?<speak[\\s>]");
    private static final Pattern TAG = Pattern.compile("<[/?!]?[a-zA-Z][^>]*>|<!--.*?-->");
    private static final Pattern SENTENCE_END = Pattern.compile("[.!?;:]+\\s");

    static SpeakableText of(String text) {
        String plain = SPEAK.matcher(text).lookingAt() ? withoutTags(text) : text;
        String words = asciiOf(plain).strip().replaceAll("\\s+", " ");
        boolean isCut = words.length() > LONGEST;
        return new SpeakableText(pieces(isCut ? cut(words, LONGEST) : words), isCut);
    }

    private static String withoutTags(String text) {
        return TAG.matcher(text)
                .replaceAll(" ")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private static String asciiOf(String text) {
        StringBuilder ascii = new StringBuilder(text.length());
        Normalizer.normalize(text, Normalizer.Form.NFKD)
                .codePoints()
                .forEach(each -> append(ascii, each));
        return ascii.toString();
    }

    private static void append(StringBuilder ascii, int codePoint) {
        if (codePoint > ' ' && codePoint < 0x7f) {
            ascii.append((char) codePoint);
        } else if (Character.getType(codePoint) != Character.NON_SPACING_MARK) {
            ascii.append(plain(codePoint));
        }
    }

    private static String plain(int codePoint) {
        return switch (codePoint) {
            case 'ß' -> "ss";
            case 'æ' -> "ae";
            case 'Æ' -> "Ae";
            case 'œ' -> "oe";
            case 'Œ' -> "Oe";
            case 'ø' -> "o";
            case 'Ø' -> "O";
            case 'ł' -> "l";
            case 'Ł' -> "L";
            case 'đ', 'ð' -> "d";
            case '\u2018', '\u2019', '\u02bc' -> "'";
            case '\u201c', '\u201d', '«', '»' -> "\"";
            case '\u2010', '\u2011' -> "-";
            case '\u2012', '\u2013', '\u2014' -> ", ";
            case '€' -> " euro ";
            case '£' -> " pound ";
            case '°' -> " degrees ";
            case '\u2044' -> "/";
            default -> " ";
        };
    }

    private static String cut(String words, int length) {
        int space = words.lastIndexOf(' ', length);
        return words.substring(0, space > 0 ? space : length);
    }

    private static List<String> pieces(String words) {
        List<String> pieces = new ArrayList<>();
        String left = words;
        while (left.length() > PIECE) {
            String piece = left.substring(0, endOfPiece(left));
            pieces.add(piece);
            left = left.substring(piece.length()).strip();
        }
        if (!left.isBlank()) {
            pieces.add(left);
        }
        return List.copyOf(pieces);
    }

    /// Behind the last sentence that fits, else behind the last word that fits, else in the middle of a word.
    private static int endOfPiece(String words) {
        Matcher matcher = SENTENCE_END.matcher(words).region(0, PIECE);
        int end = 0;
        while (matcher.find()) {
            end = matcher.end();
        }
        return end > 0 ? end : cut(words, PIECE).length();
    }
}
