/// Runs every example of `examples/` with its real interpreter.
@NullMarked
package fulcrum.example;

import org.jspecify.annotations.NullMarked;
