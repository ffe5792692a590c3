/// Real programs of the machine as peers: interpreters, phones, call generators.
@NullMarked
package fulcrum.interop;

import org.jspecify.annotations.NullMarked;
