package fulcrum.exchange;

import fulcrum.media.Codec;
import fulcrum.media.Codecs;
import fulcrum.media.Direction;
import fulcrum.media.EventFormat;
import fulcrum.media.MediaSettings;
import fulcrum.sip.MediaDirection;
import fulcrum.sip.SdpMedia;
import fulcrum.sip.SessionDescription;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings together which audio the two sides of a leg can speak (RFC 3264): makes our offers and answers, and reads off
/// a finished exchange what the media path must be told. Pure.
public final class Negotiation {
    private static final int EVENTS = 101;
    private static final String EVENT_NAME = "telephone-event";

    private Negotiation() {}

    /// Our offer: every codec we have, best known first, keys as events, `sendrecv`.
    ///
    /// @param host and `port`: where we want to hear the other side
    public static SessionDescription offer(String host, int port) {
        return offer(host, port, Codecs.ALL);
    }

    /// As the other one, with these codecs, best first; not empty.
    public static SessionDescription offer(String host, int port, List<Codec> codecs) {
        List<String> formats = new ArrayList<>();
        codecs.forEach(codec -> formats.add(String.valueOf(codec.payloadType())));
        formats.add(String.valueOf(EVENTS));
        SdpMedia audio = SdpMedia.of("audio", port, "RTP/AVP", formats);
        for (Codec codec : codecs) {
            audio = audio.plus("rtpmap", codec.payloadType() + " " + rtpmap(codec));
        }
        audio = withEvents(audio, EVENTS, 8000);
        return SessionDescription.of(host, List.of(finished(audio, MediaDirection.SENDRECV)));
    }

    /// Our answer: the first codec of the offer that we have, and keys as events when they are offered; empty when
    /// there is no audio that we could speak.
    public static Optional<SessionDescription> answer(
            SessionDescription offer, String host, int port) {
        return answer(offer, host, port, List.of());
    }

    /// The codecs of an offer that we have, in its order.
    static List<Codec> spoken(SessionDescription offer) {
        return offer.audio().filter(Negotiation::isSpoken).stream()
                .flatMap(
                        audio ->
                                audio.formats().stream()
                                        .flatMap(format -> codec(audio, format).stream()))
                .distinct()
                .toList();
    }

    /// As the other one, with the first of these codecs that was offered, if any was.
    public static Optional<SessionDescription> answer(
            SessionDescription offer, String host, int port, List<Codec> preferred) {
        Optional<SdpMedia> theirs = offer.audio().filter(Negotiation::isSpoken);
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> chosen = chosen(theirs.get(), preferred);
        if (chosen.isEmpty()) {
            return Optional.empty();
        }
        Codec codec = codec(theirs.get(), chosen.get()).orElseThrow();
        Optional<String> events = events(theirs.get(), 8000);
        List<String> formats = new ArrayList<>(List.of(chosen.get()));
        events.ifPresent(formats::add);
        SdpMedia audio = SdpMedia.of("audio", port, theirs.get().protocol(), formats);
        audio = audio.plus("rtpmap", chosen.get() + " " + rtpmap(codec));
        if (events.isPresent()) {
            audio = withEvents(audio, Integer.parseInt(events.get()), 8000);
        }
        if (theirs.get().attribute("rtcp-mux").isPresent()) {
            audio = audio.plus("rtcp-mux", "");
        }
        MediaDirection direction = offer.directionOf(theirs.get()).reversed();
        return Optional.of(SessionDescription.of(host, List.of(finished(audio, direction))));
    }

    private static Optional<String> chosen(SdpMedia theirs, List<Codec> preferred) {
        List<String> known =
                theirs.formats().stream().filter(one -> codec(theirs, one).isPresent()).toList();
        return preferred.stream()
                .flatMap(
                        codec ->
                                known.stream()
                                        .filter(
                                                format ->
                                                        codec(theirs, format)
                                                                .filter(codec::equals)
                                                                .isPresent()))
                .findFirst()
                .or(() -> known.stream().findFirst());
    }

    /// What a finished exchange means for the media path; empty when no audio was agreed.
    ///
    /// @param ours and `theirs`: the two descriptions, whoever offered
    public static Optional<MediaSettings> settings(
            SessionDescription ours, SessionDescription theirs) {
        Optional<SdpMedia> own = ours.audio();
        Optional<SdpMedia> other = theirs.audio();
        if (own.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        Map<Integer, Codec> receive = new HashMap<>();
        for (String format : own.get().formats()) {
            codec(own.get(), format)
                    .ifPresent(codec -> receive.put(Integer.parseInt(format), codec));
        }
        for (String format : other.get().formats()) {
            Optional<Codec> codec = codec(other.get(), format).filter(receive::containsValue);
            if (codec.isPresent()) {
                return Optional.of(
                        new MediaSettings(
                                remote(theirs, other.get()),
                                codec.get(),
                                Integer.parseInt(format),
                                receive,
                                eventFormat(own.get(), other.get()),
                                direction(ours, own.get(), theirs, other.get()),
                                Duration.ofMillis(other.get().ptimeMillis().orElse(20)),
                                own.get().attribute("rtcp-mux").isPresent()
                                        && other.get().attribute("rtcp-mux").isPresent(),
                                false));
            }
        }
        return Optional.empty();
    }

    /// Whether sealed sound is to be taken is for [Secrecy] to say.
    private static boolean isSpoken(SdpMedia section) {
        return switch (section.protocol()) {
            case "RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF" -> true;
            default -> false;
        };
    }

    private static Direction direction(
            SessionDescription ours, SdpMedia own, SessionDescription theirs, SdpMedia other) {
        MediaDirection ourSide =
                ours.directionOf(own).limitedBy(theirs.directionOf(other).reversed());
        boolean sends = ourSide.isSending() && !theirs.isHeld(other);
        if (sends) {
            return ourSide.isReceiving() ? Direction.SENDRECV : Direction.SENDONLY;
        }
        return ourSide.isReceiving() ? Direction.RECVONLY : Direction.INACTIVE;
    }

    private static Optional<InetSocketAddress> remote(SessionDescription theirs, SdpMedia section) {
        String host = theirs.hostOf(section);
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isAnyLocalAddress()
                    ? Optional.empty()
                    : Optional.of(new InetSocketAddress(address, section.port()));
        } catch (IllegalArgumentException name) {
            // a name would have to be looked up; the path waits until it hears where the audio
            // comes from
            return Optional.empty();
        }
    }

    private static Optional<EventFormat> eventFormat(SdpMedia own, SdpMedia other) {
        Optional<String> ours = events(own, 8000);
        Optional<String> theirs = events(other, 8000);
        return ours.isPresent() && theirs.isPresent()
                ? Optional.of(
                        new EventFormat(
                                Integer.parseInt(theirs.get()), Integer.parseInt(ours.get()), 8000))
                : Optional.empty();
    }

    /// The payload type under which a section has keys at this clock rate.
    private static Optional<String> events(SdpMedia section, int clockRate) {
        String wanted = EVENT_NAME + "/" + clockRate;
        for (String format : section.formats()) {
            if (payloadType(format) >= 0
                    && section.rtpmap(format).filter(wanted::equalsIgnoreCase).isPresent()) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /// The codec of ours that a format of a section means.
    private static Optional<Codec> codec(SdpMedia section, String format) {
        int payloadType = payloadType(format);
        if (payloadType < 0) {
            return Optional.empty();
        }
        Optional<String> map = section.rtpmap(format);
        for (Codec codec : Codecs.ALL) {
            boolean same =
                    map.isPresent() ? isSame(codec, map.get()) : codec.payloadType() == payloadType;
            if (same) {
                return Optional.of(codec);
            }
        }
        return Optional.empty();
    }

    /// The payload type that a format is; -1 when it is none. Asked some ten times a call, so no pattern is used.
    private static int payloadType(String format) {
        int type = 0;
        for (int i = 0; i < format.length(); i++) {
            int digit = format.charAt(i) - '0';
            if (digit < 0 || digit > 9 || i > 2) {
                return -1;
            }
            type = 10 * type + digit;
        }
        return format.isEmpty() || type > 127 ? -1 : type;
    }

    private static boolean isSame(Codec codec, String rtpmap) {
        String mono = rtpmap.endsWith("/1") ? rtpmap.substring(0, rtpmap.length() - 2) : rtpmap;
        return mono.equalsIgnoreCase(rtpmap(codec));
    }

    private static String rtpmap(Codec codec) {
        return codec.name() + "/" + codec.clockRate();
    }

    private static SdpMedia withEvents(SdpMedia audio, int payloadType, int clockRate) {
        return audio.plus("rtpmap", payloadType + " " + EVENT_NAME + "/" + clockRate)
                .plus("fmtp", payloadType + " 0-15");
    }

    private static SdpMedia finished(SdpMedia audio, MediaDirection direction) {
        return audio.plus("ptime", "20").withDirection(direction);
    }
}
