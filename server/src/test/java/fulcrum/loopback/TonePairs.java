package fulcrum.loopback;

import fulcrum.call.Sound;
import fulcrum.exchange.Sounds;
import fulcrum.media.Clip;
import fulcrum.media.Silence;
import fulcrum.media.TonePair;
import fulcrum.sdk.Heard;
import fulcrum.sdk.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Plays each sound as a pair of tones of its own, as long as the scenario says it lasts, so that it can be recognised
/// in what a phone received. Silence stays silence.
final class TonePairs implements Sounds {
    private static final double[] LOWS = {300, 430, 560, 690};
    private static final double[] HIGHS = {1500, 1650, 1800, 1950, 2100, 2250, 2400, 2550};
    private static final int RATE = 8000;
    private static final double AMPLITUDE = 6000;

    /// Each sound ends with a gap, so that the same sound twice is heard twice.
    private static final Duration GAP = Duration.ofMillis(120);

    private final Map<String, TonePair> pairs = new LinkedHashMap<>();
    private final Map<TonePair, Sound> sounds = new LinkedHashMap<>();
    private final UnaryOperator<String> inward;
    private volatile Optional<Stage> stage = Optional.empty();

    /// @param inward makes a name of the server under test one of the scenario
    TonePairs(UnaryOperator<String> inward) {
        this.inward = inward;
    }

    /// Begins another scenario.
    synchronized void on(Stage next) {
        stage = Optional.of(next);
        pairs.clear();
        sounds.clear();
    }

    @Override
    public void prepare(Wish wish, Consumer<Outcome> ready) {
        Sound sound = wish.sound();
        String name = inward.apply(new Heard(Instant.EPOCH, sound, Duration.ZERO).name());
        Stage playing = stage.orElseThrow();
        Duration told = playing.lengths().get(name);
        Duration length = told == null ? Heard.usualLength(sound) : told;
        if (playing.missing().contains(name)) {
            ready.accept(new Outcome.Failed("there is no sound " + name));
        } else if (sound instanceof Sound.Silence
                || (sound instanceof Sound.Media media
                        && media.reference().startsWith("silence_stream:"))) {
            ready.accept(new Outcome.Ready(Silence.of(Optional.of(length))));
        } else {
            ready.accept(new Outcome.Ready(clip(pair(name, sound), length).source(wish.times())));
        }
    }

    /// What a person says, at least 300 ms long so that it can be recognised.
    Clip words(String text) {
        Sound words = new Sound.Speech(text, "", "", "");
        Duration length = Heard.usualLength(words);
        return clip(pair(text, words), length.toMillis() < 300 ? Duration.ofMillis(300) : length);
    }

    private synchronized TonePair pair(String name, Sound sound) {
        TonePair known = pairs.get(name);
        if (known != null) {
            return known;
        }
        int number = pairs.size();
        if (number == LOWS.length * HIGHS.length) {
            throw new IllegalStateException("more different sounds than pairs of tones");
        }
        TonePair pair = new TonePair(LOWS[number % LOWS.length], HIGHS[number / LOWS.length]);
        pairs.put(name, pair);
        sounds.put(pair, sound);
        return pair;
    }

    /// What sound a pair of tones stands for.
    synchronized Optional<Sound> sound(TonePair heard) {
        return sounds.entrySet().stream()
                .filter(entry -> entry.getKey().isNear(heard, 30))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Clip clip(TonePair pair, Duration length) {
        int samples = (int) (length.toMillis() * RATE / 1000);
        int sounding = Math.max(samples / 2, samples - (int) (GAP.toMillis() * RATE / 1000));
        short[] tones = new short[samples];
        for (int i = 0; i < sounding; i++) {
            double time = 2 * Math.PI * i / RATE;
            tones[i] =
                    (short)
                            (AMPLITUDE
                                    * (Math.sin(time * pair.low()) + Math.sin(time * pair.high())));
        }
        return Clip.of(tones, RATE);
    }
}
