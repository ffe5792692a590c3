@NullMarked
package fulcrum.app;

import org.jspecify.annotations.NullMarked;
