package fulcrum.sip;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.concurrent.atomic.AtomicLong;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Makes and checks the nonces of challenges: signed, expiring, and each count good for one request.
///
/// A nonce is its birth time, a number and a signature of both, so a challenge leaves nothing behind. Only nonces
/// under which somebody proved a password are remembered, at most a fixed number of them; when one must go, it and
/// all older ones are called stale, so forgetting never opens the door to a replay. Safe for use by many threads.
public final class Nonces {
    /// What a nonce and its count are worth.
    public enum Verdict {
        /// Ours, in time, and this count is new.
        GOOD,
        /// Ours, but too old; a right answer to it earns a fresh one.
        STALE,
        /// Ours, but this count was used before.
        REPLAYED,
        /// Not ours.
        FOREIGN
    }

    private static final int SIGNED_BYTES = 16;
    private static final int SIGNATURE_BYTES = 14;

    /// Counts may arrive out of order over UDP by this much; below it they count as used.
    private static final int WINDOW = 64;

    private final SecretKeySpec key;
    private final long lifeMillis;
    private final int most;
    private final AtomicLong numbers = new AtomicLong();
    private final LinkedHashMap<String, Uses> used = new LinkedHashMap<>();
    private long forgottenUntil = Long.MIN_VALUE;

    /// @param secret 16 bytes or more that nobody else knows
    /// @param life   how long a nonce is good
    /// @param most   how many nonces in use are remembered
    public Nonces(byte[] secret, Duration life, int most) {
        key = new SecretKeySpec(secret, "HmacSHA256");
        lifeMillis = life.toMillis();
        this.most = most;
    }

    /// A fresh nonce.
    public String issue(long nowMillis) {
        var bytes = ByteBuffer.allocate(SIGNED_BYTES + SIGNATURE_BYTES);
        bytes.putLong(nowMillis).putLong(numbers.incrementAndGet());
        bytes.put(signature(bytes.array()), 0, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /// What the nonce is worth before its count is looked at; `REPLAYED` never comes from here.
    public Verdict check(String nonce, long nowMillis) {
        var born = born(nonce);
        if (born == Long.MIN_VALUE) {
            return Verdict.FOREIGN;
        }
        synchronized (used) {
            return nowMillis - born > lifeMillis || born <= forgottenUntil
                    ? Verdict.STALE
                    : Verdict.GOOD;
        }
    }

    /// Takes one use of a nonce. Only to be called once the credentials proved the password, so that strangers
    /// cannot fill the memory.
    public Verdict use(String nonce, long nonceCount, long nowMillis) {
        synchronized (used) {
            forgetOld(nowMillis);
            var verdict = check(nonce, nowMillis);
            if (verdict != Verdict.GOOD) {
                return verdict;
            }
            var uses = used.computeIfAbsent(nonce, _ -> new Uses(born(nonce)));
            var isNew = uses.take(nonceCount);
            while (used.size() > most) {
                forgetEldest();
            }
            return isNew ? Verdict.GOOD : Verdict.REPLAYED;
        }
    }

    private void forgetOld(long nowMillis) {
        while (!used.isEmpty() && nowMillis - used.firstEntry().getValue().born > lifeMillis) {
            used.pollFirstEntry();
        }
    }

    private void forgetEldest() {
        forgottenUntil = Math.max(forgottenUntil, used.pollFirstEntry().getValue().born);
    }

    private long born(String nonce) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(nonce);
        } catch (IllegalArgumentException e) {
            return Long.MIN_VALUE;
        }
        if (bytes.length != SIGNED_BYTES + SIGNATURE_BYTES) {
            return Long.MIN_VALUE;
        }
        var signature = signature(bytes);
        var difference = 0;
        for (var i = 0; i < SIGNATURE_BYTES; i++) {
            difference |= signature[i] ^ bytes[SIGNED_BYTES + i];
        }
        return difference == 0 ? ByteBuffer.wrap(bytes).getLong() : Long.MIN_VALUE;
    }

    private byte[] signature(byte[] bytes) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(bytes, 0, SIGNED_BYTES);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign", e);
        }
    }

    /// Which counts of one nonce were used: the highest, and a bit for each of the ones just below it.
    private static final class Uses {
        private final long born;
        private long highest;
        private long seen;

        private Uses(long born) {
            this.born = born;
        }

        private boolean take(long count) {
            if (count <= 0 || count <= highest - WINDOW) {
                return false;
            }
            if (count > highest) {
                var shift = count - highest;
                seen = (shift >= WINDOW ? 0 : seen << shift) | 1;
                highest = count;
                return true;
            }
            var bit = 1L << (highest - count);
            var isNew = (seen & bit) == 0;
            seen |= bit;
            return isNew;
        }
    }
}
