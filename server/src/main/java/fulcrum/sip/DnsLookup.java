package fulcrum.sip;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.Cache;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedResolver;
import org.xbill.DNS.NAPTRRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;
import org.xbill.DNS.lookup.NoSuchRRSetException;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks name servers, and remembers their answers for as long as these say. A name server that does not answer, or
/// fails, is not asked the same again for a minute. Safe for use by many threads.
public final class DnsLookup implements NameLookup {
    private static final Logger LOG = LoggerFactory.getLogger(DnsLookup.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /// For all servers and tries together.
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private static final long SPARED_NANOS = Duration.ofMinutes(1).toNanos();

    /// More names are not spared.
    private static final int MOST_SPARED = 1000;

    private final LookupSession session;
    private final boolean asksSystem;
    private final Map<String, Long> spared = new ConcurrentHashMap<>();

    private DnsLookup(Resolver resolver, boolean asksSystem) {
        resolver.setTimeout(PATIENCE);
        this.session =
                LookupSession.builder().resolver(resolver).cache(new Cache(DClass.IN)).build();
        this.asksSystem = asksSystem;
    }

    /// With the machine's own name servers, and for addresses its list of hosts, too.
    public static DnsLookup ofSystem() {
        return new DnsLookup(new ExtendedResolver(), true);
    }

    /// With this name server alone.
    public static DnsLookup at(InetSocketAddress server) {
        return new DnsLookup(new SimpleResolver(server), false);
    }

    @Override
    public List<Naptr> naptr(String domain) {
        List<Naptr> found = new ArrayList<>();
        for (Record record : records(domain, Type.NAPTR)) {
            if (record instanceof NAPTRRecord naptr) {
                found.add(
                        new Naptr(
                                naptr.getOrder(),
                                naptr.getPreference(),
                                naptr.getFlags(),
                                naptr.getService(),
                                text(naptr.getReplacement())));
            }
        }
        return found;
    }

    @Override
    public List<Srv> srv(String service) {
        List<Srv> found = new ArrayList<>();
        for (Record record : records(service, Type.SRV)) {
            if (record instanceof SRVRecord srv) {
                found.add(
                        new Srv(
                                srv.getPriority(),
                                srv.getWeight(),
                                srv.getPort(),
                                text(srv.getTarget())));
            }
        }
        return found;
    }

    @Override
    public List<InetAddress> addresses(String host) {
        List<InetAddress> found = new ArrayList<>();
        if (asksSystem) {
            try {
                found.addAll(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException unknown) {
                LOG.debug("the host {} has no address", host);
            }
        } else {
            for (Record record : records(host, Type.A)) {
                if (record instanceof ARecord a) {
                    found.add(a.getAddress());
                }
            }
            for (Record record : records(host, Type.AAAA)) {
                if (record instanceof AAAARecord aaaa) {
                    found.add(aaaa.getAddress());
                }
            }
        }
        found.sort((one, other) -> one.getAddress().length - other.getAddress().length);
        return found;
    }

    private static String text(Name name) {
        return name.toString(true);
    }

    private List<Record> records(String name, int type) {
        String key = type + " " + name;
        Long until = spared.get(key);
        if (until != null && until - System.nanoTime() > 0) {
            return List.of();
        }
        try {
            Name wanted = Name.fromString(name.endsWith(".") ? name : name + ".");
            return session.lookupAsync(wanted, type)
                    .toCompletableFuture()
                    .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS)
                    .getRecords();
        } catch (TextParseException odd) {
            return List.of(); // no such name can be
        } catch (ExecutionException failed) {
            if (!isNothing(failed)) {
                spare(key, String.valueOf(failed.getCause()));
            }
            return List.of();
        } catch (TimeoutException late) {
            spare(key, "no answer");
            return List.of();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static boolean isNothing(ExecutionException failed) {
        return failed.getCause() instanceof NoSuchDomainException
                || failed.getCause() instanceof NoSuchRRSetException;
    }

    private void spare(String key, String why) {
        LOG.debug("the name servers do not tell {}: {}", key, why);
        long now = System.nanoTime();
        if (spared.size() >= MOST_SPARED) {
            spared.values().removeIf(until -> until - now <= 0);
        }
        if (spared.size() < MOST_SPARED) {
            spared.put(key, now + SPARED_NANOS);
        }
    }
}
