package dev.kitchenhooks.cli;

import dev.kitchenhooks.rules.StopSignal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Consumer;

/**
 * Takes SIGINT and SIGTERM for as long as a run lasts. A shutdown hook would come too late: the JVM
 * is then already on its way out, while the rules still have hooks to run. The JDK's one way to do
 * this is {@code sun.misc.Signal} (module {@code jdk.unsupported}); reached by reflection, since
 * the compiler warns of its name and cannot be told not to.
 */
@FunctionalInterface
interface Signals extends AutoCloseable {
  @Override
  void close();

  /** Takes them until closed, where they are ours to take. */
  static Signals take(Surroundings around, Consumer<StopSignal> taker) {
    if (!around.handlesSignals()) {
      return () -> {};
    }
    Object oldInt = Jdk.handle("INT", Jdk.handler(() -> taker.accept(StopSignal.SIGINT)));
    Object oldTerm = Jdk.handle("TERM", Jdk.handler(() -> taker.accept(StopSignal.SIGTERM)));
    return () -> {
      Jdk.handle("INT", oldInt);
      Jdk.handle("TERM", oldTerm);
    };
  }

  /** {@code sun.misc.Signal}. */
  final class Jdk {
    private Jdk() {}

    private static Class<?> named(String name) throws ClassNotFoundException {
      return Class.forName("sun.misc." + name);
    }

    static Object handler(Runnable taker) {
      try {
        MethodHandle run =
            MethodHandles.lookup().bind(taker, "run", MethodType.methodType(void.class));
        return MethodHandleProxies.asInterfaceInstance(
            named("SignalHandler"), MethodHandles.dropArguments(run, 0, named("Signal")));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("this JDK lacks the module jdk.unsupported", e);
      }
    }

    /** Sets a handler and returns the one before it. */
    static Object handle(String name, Object handler) {
      try {
        Class<?> signal = named("Signal");
        Method handle = signal.getMethod("handle", signal, named("SignalHandler"));
        return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("SIG" + name + " cannot be taken", e);
      }
    }
  }
}
