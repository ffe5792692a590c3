/// Tests that hold the tree to what the documents say of it.
@NullMarked
package fulcrum.house;

import org.jspecify.annotations.NullMarked;
