package fulcrum.sip;

import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A name server on loopback that knows some records and answers over UDP.
final class DnsResponder implements AutoCloseable {
    private final DatagramSocket socket;
    private final List<Record> zone = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile int failure = Rcode.NOERROR;

    DnsResponder() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("dns-responder").start(this::serve);
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    /// Such as `example.com. 60 IN SRV 1 0 5060 a.example.com.`
    DnsResponder knows(String... records) {
        for (String line : records) {
            String[] words = line.split(" ", 5);
            try {
                Name name = Name.fromString(words[0]);
                int type = Type.value(words[3]);
                zone.add(
                        Record.fromString(
                                name,
                                type,
                                DClass.IN,
                                Long.parseLong(words[1]),
                                words[4],
                                Name.root));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return this;
    }

    /// Answers everything with this code from now on.
    void fails(int rcode) {
        failure = rcode;
    }

    /// What was asked, such as `SRV _sip._udp.example.com`.
    List<String> asked() {
        return asked;
    }

    private void serve() {
        DatagramPacket packet = new DatagramPacket(new byte[4096], 4096);
        while (!socket.isClosed()) {
            try {
                packet.setLength(4096);
                socket.receive(packet);
                byte[] query = java.util.Arrays.copyOf(packet.getData(), packet.getLength());
                byte[] answer = answer(new Message(query)).toWire();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            } catch (IOException e) {
                if (!socket.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private Message answer(Message query) {
        Record question = query.getQuestion();
        asked.add(Type.string(question.getType()) + " " + question.getName().toString(true));
        Message answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setFlag(Flags.RA);
        answer.addRecord(question, Section.QUESTION);
        boolean exists = false;
        for (Record record : zone) {
            if (record.getName().equals(question.getName())) {
                exists = true;
                if (record.getType() == question.getType()) {
                    answer.addRecord(record, Section.ANSWER);
                }
            }
        }
        int code = exists ? Rcode.NOERROR : Rcode.NXDOMAIN;
        answer.getHeader().setRcode(failure == Rcode.NOERROR ? code : failure);
        return answer;
    }

    @Override
    public void close() {
        socket.close();
    }
}
