/// The REST interface under `/v2`: accounts, documents, live calls, records, logins.
/// Begin with [fulcrum.api.ApiServer] and [fulcrum.api.ApiHandler], which lists the stations of a request in order;
/// then read one small resource such as [fulcrum.api.MenusResource].
/// How documents are stored and how calls are carried out do not belong here.
@NullMarked
package fulcrum.api;

import org.jspecify.annotations.NullMarked;
