package fulcrum.exchange;

import fulcrum.media.Media;
import fulcrum.sip.SipClock;

import java.time.Clock;
import java.util.concurrent.Executor;

/// What every leg needs of the house.
///
/// @param addresses where we are reached from where
/// @param alarms ends what waits for too long
/// @param hand runs what media threads hand over; never blocks them
record LegWorld(
        LiveCalls calls,
        Media media,
        Sounds sounds,
        Recordings recordings,
        LegAddresses addresses,
        Clock clock,
        SipClock alarms,
        Executor hand) {}
