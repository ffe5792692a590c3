/// Reads the settings, wires the parts by hand, starts and stops them; the command line.
/// Begin with [fulcrum.app.House], the whole program on one screen, then [fulcrum.app.Main].
/// No part's own work belongs here, only putting parts together.
@NullMarked
package fulcrum.app;

import org.jspecify.annotations.NullMarked;
