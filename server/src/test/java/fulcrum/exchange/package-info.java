@NullMarked
package fulcrum.exchange;

import org.jspecify.annotations.NullMarked;
