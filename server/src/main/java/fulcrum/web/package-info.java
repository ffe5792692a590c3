/// Everything that Fulcrum fetches from somewhere else over HTTP: the client, the guard that says where it may go, and
/// the cache of media. Begin with [fulcrum.web.GuardedClient], then [fulcrum.web.AddressGuard].
/// What is asked, and what the answer means, is the business of others.
@NullMarked
package fulcrum.web;

import org.jspecify.annotations.NullMarked;
