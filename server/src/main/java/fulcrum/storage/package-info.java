/// What survives the process: documents, attachments and monthly rows, on SQLite or PostgreSQL and in a data folder.
/// Begin with [fulcrum.storage.DataFolder], then [fulcrum.storage.Database]; the stores each stand on that one.
/// What a document means, and who may read it, do not belong here.
@NullMarked
package fulcrum.storage;

import org.jspecify.annotations.NullMarked;
