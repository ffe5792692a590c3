package fulcrum.call;

import java.util.Optional;

/// What the two sides of a bridge hear while the other has put them on hold.
///
/// @param ofSubject what is heard when the subject leg holds; absent: [#TONE]
/// @param ofOther what is heard when the other leg holds; absent: [#TONE]
public record HoldMusic(Optional<Sound> ofSubject, Optional<Sound> ofOther) {
    /// Two soft beeps every eight seconds.
    static final Sound TONE = new Sound.Tone("v=-24;%(150,150,440);%(150,7550,440)");

    /// Our own tone both ways.
    public static final HoldMusic NONE = new HoldMusic(Optional.empty(), Optional.empty());

    Sound when(boolean subjectHolds) {
        return (subjectHolds ? ofSubject : ofOther).orElse(TONE);
    }
}
