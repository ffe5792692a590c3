package fulcrum.event;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.hook.ShutdownHookBase;

/// Has the lines that wait written when the process ends, however it does so short of being killed (`logback.xml`).
///
/// The log goes on afterwards: a server that ends still says what becomes of its calls, and calls [Logs#settle] last.
public final class LastLines extends ShutdownHookBase {
    @Override
    public void run() {
        if (getContext() instanceof LoggerContext context) {
            Logs.settle(context);
        }
    }
}
