/// Holds SRTP to the RFCs' own numbers, and keys and certificates to what is said of them.
@NullMarked
package fulcrum.secure;

import org.jspecify.annotations.NullMarked;
