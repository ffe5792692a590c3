package fulcrum.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.speech.freetts.Voice;
import com.sun.speech.freetts.audio.AudioPlayer;
import com.sun.speech.freetts.en.us.cmu_us_kal.KevinVoiceDirectory;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// People talk; nobody presses a key. Speech is what most often passes for digits (Q.24 §2.6).
class DtmfSpeechTest {
    private static final List<String> TEXTS =
            List.of(
                    "Good morning, and thank you for calling. All of our people are talking to other callers now.",
                    "My number is five five five, one two three four, and I will be at home after eight o'clock.",
                    "Seven, eight, nine, zero, star, pound. Press one for sales, two for service, three for billing.",
                    "Oh no, we really do not know why you would ever owe us any money, Aloysius; how unusual.",
                    "He sees these trees when he eats cheese; she keeps peas, leeks and beets in three green heaps.",
                    "Which witch wished which wicked wish? Six thick thistle sticks, and she sells sea shells.",
                    "Around the rugged rocks the ragged rascal ran, roaring, moaning and humming in a low voice.");

    private static String heard(short[] samples, int rate) {
        DtmfDetector detector = new DtmfDetector(rate);
        StringBuilder digits = new StringBuilder();
        int frame = rate / 50;
        for (int at = 0; at + frame <= samples.length; at += frame) {
            char digit = detector.hear(samples, at, frame);
            digits.append(digit == DtmfDetector.NONE ? "" : digit);
        }
        return digits.toString();
    }

    /// Speaks the texts at a pitch; the player that FreeTTS wants is asked for three things only.
    private static short[] spoken(Voice voice, float pitch) {
        ByteArrayOutputStream audio = new ByteArrayOutputStream();
        AudioPlayer player =
                (AudioPlayer)
                        Proxy.newProxyInstance(
                                AudioPlayer.class.getClassLoader(),
                                new Class<?>[] {AudioPlayer.class},
                                (_, method, arguments) -> {
                                    if (method.getName().equals("write") && arguments.length == 3) {
                                        audio.write(
                                                (byte[]) arguments[0],
                                                (int) arguments[1],
                                                (int) arguments[2]);
                                    } else if (method.getName().equals("write")) {
                                        audio.writeBytes((byte[]) arguments[0]);
                                    }
                                    Class<?> type = method.getReturnType();
                                    return type == boolean.class
                                            ? true
                                            : type == float.class ? 1f : null;
                                });
        voice.setAudioPlayer(player);
        voice.setPitch(pitch);
        voice.setPitchRange(pitch / 5);
        TEXTS.forEach(text -> assertThat(voice.speak(text)).isTrue());
        short[] samples = new short[audio.size() / 2];
        ByteBuffer.wrap(audio.toByteArray()).asShortBuffer().get(samples);
        return samples;
    }

    /// Brings the loudest sample to almost full scale or a part of it.
    private static short[] loud(short[] samples, double part) {
        int most = 1;
        for (short sample : samples) {
            most = Math.max(most, Math.abs(sample));
        }
        short[] louder = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            louder[i] = (short) Math.round(part * 32000 * samples[i] / most);
        }
        return louder;
    }

    @Test
    void minutes_of_a_speaking_voice_hold_no_digit() {
        Voice voice =
                Arrays.stream(new KevinVoiceDirectory().getVoices())
                        .filter(one -> one.getName().equals("kevin16"))
                        .findFirst()
                        .orElseThrow();
        voice.allocate();
        int seconds = 0;
        for (float pitch : new float[] {80, 100, 130, 170, 220}) {
            short[] wide = loud(spoken(voice, pitch), 0.9);
            short[] narrow = Resampler.convert(wide, 16000, 8000);
            assertThat(heard(wide, 16000)).as("pitch %.0f at 16 kHz", pitch).isEmpty();
            assertThat(heard(narrow, 8000)).as("pitch %.0f at 8 kHz", pitch).isEmpty();
            assertThat(heard(loud(narrow, 0.2), 8000)).as("pitch %.0f, soft", pitch).isEmpty();
            seconds += wide.length / 16000;
        }
        voice.deallocate();
        assertThat(seconds).isGreaterThan(180);
    }

    /// Vowels without end: pulses of a gliding pitch through three resonances that wander over all vowels.
    @Test
    void ten_minutes_of_gliding_vowels_holds_no_digit() {
        for (int seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            short[] samples = vowels(random, 120 * 8000);
            assertThat(heard(loud(samples, 0.9), 8000)).as("seed %d", seed).isEmpty();
        }
    }

    private static short[] vowels(Random random, int count) {
        double[] formants = {500, 1500, 2500};
        double[][] memory = new double[3][2];
        short[] samples = new short[count];
        double pitch = 120;
        double phase = 0;
        for (int i = 0; i < count; i++) {
            if (i % 800 == 0) {
                pitch = Math.clamp(pitch * (0.8 + 0.4 * random.nextDouble()), 70, 350);
                formants[0] = 250 + 600 * random.nextDouble();
                formants[1] = 700 + 1700 * random.nextDouble();
                formants[2] = 2300 + 900 * random.nextDouble();
            }
            phase += pitch / 8000;
            double sound = 0.003 * random.nextGaussian();
            if (phase >= 1) {
                phase -= 1;
                sound += 1;
            }
            for (int formant = 0; formant < 3; formant++) {
                sound = resonance(memory[formant], sound, formants[formant], 60 + 40 * formant);
            }
            samples[i] = (short) Math.clamp(8000 * sound, -32000, 32000);
        }
        return samples;
    }

    private static double resonance(double[] memory, double in, double frequency, double width) {
        double radius = Math.exp(-Math.PI * width / 8000);
        double turn = 2 * radius * Math.cos(2 * Math.PI * frequency / 8000);
        double out =
                in * (1 - turn + radius * radius) + turn * memory[0] - radius * radius * memory[1];
        memory[1] = memory[0];
        memory[0] = out;
        return out;
    }
}
