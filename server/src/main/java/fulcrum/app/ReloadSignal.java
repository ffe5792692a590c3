package fulcrum.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/// The signal that asks a server to read its files again: SIGHUP.
///
/// The JDK has no other door to signals than `sun.misc.Signal`, in its module `jdk.unsupported`, which the compiler
/// warns of; so it is opened by name. Where it is missing, or the virtual machine leaves signals alone (`-Xrs`),
/// nothing happens on SIGHUP but what the system does.
final class ReloadSignal {
    private static final System.Logger LOG = System.getLogger(ReloadSignal.class.getName());

    private ReloadSignal() {}

    /// Runs something on each SIGHUP from now on, on a thread of its own.
    static void on(Runnable work) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Method handle = signal.getMethod("handle", signal, handler);
            handle.invoke(
                    null,
                    signal.getConstructor(String.class).newInstance("HUP"),
                    Proxy.newProxyInstance(
                            ReloadSignal.class.getClassLoader(),
                            new Class<?>[] {handler},
                            answering(work)));
        } catch (ReflectiveOperationException | RuntimeException unavailable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "SIGHUP is not heard here; a new certificate needs a restart",
                    unavailable);
        }
    }

    @SuppressWarnings("ReferenceEquality") // what equality is for a proxy
    private static InvocationHandler answering(Runnable work) {
        return (proxy, method, arguments) ->
                switch (method.getName()) {
                    case "handle" -> {
                        work.run();
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments[0] == proxy;
                    default -> "the handler of SIGHUP";
                };
    }
}
