package fulcrum.mail;

import jakarta.mail.Address;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Optional;
import java.util.Properties;

/// Hands letters to the mail server (RFC 5321), one connection each.
final class Postman {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int ANSWER_MILLIS = 30_000;

    private final SmtpServer server;
    private final Session session;

    Postman(SmtpServer server) {
        this.server = server;
        this.session = Session.getInstance(properties(server));
    }

    private static Properties properties(SmtpServer server) {
        String protocol = server.isTls() ? "smtps" : "smtp";
        Properties properties = new Properties();
        properties.setProperty("mail.transport.protocol", protocol);
        String prefix = "mail." + protocol + ".";
        properties.setProperty(prefix + "connectiontimeout", Integer.toString(CONNECT_MILLIS));
        properties.setProperty(prefix + "timeout", Integer.toString(ANSWER_MILLIS));
        properties.setProperty(prefix + "writetimeout", Integer.toString(ANSWER_MILLIS));
        properties.setProperty(prefix + "auth", Boolean.toString(!server.user().isEmpty()));
        properties.setProperty(prefix + "starttls.enable", Boolean.toString(!server.isTls()));
        properties.setProperty(
                prefix + "starttls.required", Boolean.toString(server.mustTurnToTls()));
        properties.setProperty(prefix + "ssl.checkserveridentity", "true");
        return properties;
    }

    Delivery deliver(Letter letter) {
        try {
            Address to = address(letter.to());
            MimeMessage message = message(letter, to);
            try (Transport transport = session.getTransport()) {
                transport.connect(
                        server.host(),
                        server.port(),
                        server.user().isEmpty() ? null : server.user(),
                        server.user().isEmpty() ? null : server.password());
                transport.sendMessage(message, new Address[] {to});
            }
            return new Delivery.Sent();
        } catch (AddressException none) {
            return new Delivery.Never("no address: " + letter.to());
        } catch (MessagingException failed) {
            String reason = reason(failed);
            return refusal(failed).filter(code -> code >= 500).isPresent()
                    ? new Delivery.Never(reason)
                    : new Delivery.Later(reason);
        }
    }

    private static InternetAddress address(String text) throws AddressException {
        InternetAddress address = new InternetAddress(text, true);
        if (!text.contains("@")) {
            throw new AddressException("a local name", text);
        }
        return address;
    }

    private MimeMessage message(Letter letter, Address to) throws MessagingException {
        String id = "<" + letter.id() + server.from().substring(server.from().indexOf('@')) + ">";
        MimeMessage message = new Identified(session, id);
        message.setFrom(new InternetAddress(server.from()));
        message.setRecipient(Message.RecipientType.TO, to);
        // a line break would begin a header
        String subject = letter.subject().replaceAll("\\p{Cntrl}+", " ").strip();
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setText(letter.text(), StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(letter.written()));
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834
        message.saveChanges();
        return message;
    }

    /// Keeps the Message-ID that it is given.
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    /// The status with which the server refused the letter, its sender or its recipient.
    private static Optional<Integer> refusal(MessagingException failed) {
        for (Exception one = failed; one != null; one = next(one)) {
            switch (one) {
                case SMTPAddressFailedException address -> {
                    return Optional.of(address.getReturnCode());
                }
                case SMTPSenderFailedException sender -> {
                    return Optional.of(sender.getReturnCode());
                }
                case SMTPSendFailedException send
                        when !(next(send) instanceof SendFailedException) -> {
                    return Optional.of(send.getReturnCode());
                }
                default -> {
                    // look at what it is about
                }
            }
        }
        return Optional.empty();
    }

    private static @org.jspecify.annotations.Nullable Exception next(Exception one) {
        return one instanceof MessagingException more ? more.getNextException() : null;
    }

    private static String reason(MessagingException failed) {
        Exception last = failed;
        for (Exception one = failed; one != null; one = next(one)) {
            last = one;
        }
        return String.valueOf(last.getMessage()).replaceAll("\\s+", " ").strip();
    }
}
