/// The built-in phone of `demo`, `call` and the tests: registers, calls, answers, presses keys, speaks and listens.
/// Begin with [fulcrum.phone.SoftPhone], then [fulcrum.phone.PhoneCall].
/// It is a user agent like any other: nothing here knows the server but by SIP and RTP.
@NullMarked
package fulcrum.phone;

import org.jspecify.annotations.NullMarked;
