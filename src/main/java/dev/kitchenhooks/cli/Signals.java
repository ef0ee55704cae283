package dev.kitchenhooks.cli;

import dev.kitchenhooks.rules.StopSignal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Takes SIGINT, SIGTERM and SIGHUP for as long as a run lasts. A shutdown hook would come too late:
 * the JVM is then already on its way out, while the rules still have hooks to run. The JDK's one
 * way to do this is {@code sun.misc.Signal} (module {@code jdk.unsupported}); reached by
 * reflection, since the compiler warns of its name and cannot be told not to.
 */
@FunctionalInterface
interface Signals extends AutoCloseable {
  /**
   * A terminal that is gone (SIGHUP) ends a run like SIGTERM: in order, with its cleaning hooks.
   */
  Map<String, StopSignal> TAKEN =
      Map.of("INT", StopSignal.SIGINT, "TERM", StopSignal.SIGTERM, "HUP", StopSignal.SIGTERM);

  @Override
  void close();

  /** Takes them until closed, where they are ours to take. */
  static Signals take(Surroundings around, Consumer<StopSignal> taker) {
    if (!around.handlesSignals()) {
      return () -> {};
    }
    Map<String, Object> old = new LinkedHashMap<>();
    TAKEN.forEach(
        (name, means) -> old.put(name, Jdk.handle(name, Jdk.handler(() -> taker.accept(means)))));
    return () -> old.forEach(Jdk::handle);
  }

  /** Has the JVM prepare the reflection that this takes, ahead of the first use. */
  static void warmUp() {
    Jdk.handler(() -> {});
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
