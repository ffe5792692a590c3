@NullMarked
package fulcrum.mail;

import org.jspecify.annotations.NullMarked;
