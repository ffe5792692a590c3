/// Words that tests of several rooms share.
@NullMarked
package fulcrum.testing;

import org.jspecify.annotations.NullMarked;
