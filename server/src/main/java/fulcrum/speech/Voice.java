package fulcrum.speech;

/// A loaded voice of one engine. Used by one thread at a time.
public interface Voice {
    /// Renders a short text, about a sentence.
    ///
    /// @param high a higher voice, for `female`
    /// @return samples of one channel at [VoiceEngine#sampleRate]; none when nothing in the text can be spoken
    short[] render(String text, boolean high);
}
