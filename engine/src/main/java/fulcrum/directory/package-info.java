/// Account documents, and the port that finds and saves them.
/// Begin with [fulcrum.directory.Directory], then [fulcrum.directory.Document]; the other types are typed views of a
/// document's JSON or pure rules on documents (numbers, callflow look-up).
/// What a call does with a document, and how documents reach a disk, do not belong here.
@NullMarked
package fulcrum.directory;

import org.jspecify.annotations.NullMarked;
