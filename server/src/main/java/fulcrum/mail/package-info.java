/// Sends mails that calls wrote, through the operator's mail server.
/// Begin with [fulcrum.mail.Mailer]; each mail waits on disk, one file for each recipient, until it is sent or given
/// up.
/// What a mail says, and when one is written, is decided elsewhere.
@NullMarked
package fulcrum.mail;

import org.jspecify.annotations.NullMarked;
