package dev.kitchenhooks.hook;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a hook runs, as its definition names it: {@code node_predeployhook} is scope node, moment
 * pre, phase deploy.
 *
 * @param scope how often
 * @param moment before or after; of no meaning for {@link Scope#USER}
 * @param phase what is wrapped, {@code deploy} for a plain run; empty for {@link Scope#USER}
 */
public record HookType(Scope scope, Moment moment, String phase) {
  /** The phase of a plain {@code fix} run. */
  public static final String DEPLOY = "deploy";

  /** The phase of {@code fix rollback}, and of what {@code --atomic} does. */
  public static final String ROLLBACK = "rollback";

  /** The phases that every kitchen has without declaring them, the usual one first. */
  public static final List<String> BUILT_IN = List.of(DEPLOY, ROLLBACK);

  /** The phase of {@code fix app undeploy}; only hooks of applications have it by itself. */
  public static final String UNDEPLOY = "undeploy";

  public static final HookType USER = new HookType(Scope.USER, Moment.PRE, "");

  private static final Pattern NAME =
      Pattern.compile("(global|node|app)_(pre|post)([a-z0-9]+)hook");

  /**
   * All types that hooks wrapped around something may have.
   *
   * @param declared phases beside {@code deploy}
   */
  public static List<HookType> all(Collection<String> declared) {
    var phases = new TreeSet<>(declared);
    phases.addAll(BUILT_IN);
    var all = new ArrayList<HookType>();
    for (String phase : phases) {
      for (Scope scope : List.of(Scope.GLOBAL, Scope.NODE)) {
        for (Moment moment : Moment.values()) {
          all.add(new HookType(scope, moment, phase));
        }
      }
    }
    for (String phase : List.of(DEPLOY, UNDEPLOY)) {
      for (Moment moment : Moment.values()) {
        all.add(new HookType(Scope.APP, moment, phase));
      }
    }
    return all;
  }

  /**
   * Reads a type's name; empty where it has not the form of one. Whether the phase exists is not
   * checked.
   */
  public static Optional<HookType> parse(String name) {
    if (name.equals("user")) {
      return Optional.of(USER);
    }
    Matcher m = NAME.matcher(name);
    if (!m.matches()) {
      return Optional.empty();
    }
    Scope scope =
        switch (m.group(1)) {
          case "global" -> Scope.GLOBAL;
          case "node" -> Scope.NODE;
          default -> Scope.APP;
        };
    return Optional.of(
        new HookType(scope, m.group(2).equals("pre") ? Moment.PRE : Moment.POST, m.group(3)));
  }

  /** The name as definitions spell it. */
  public String id() {
    return switch (scope) {
      case USER -> "user";
      case GLOBAL -> "global" + rest();
      case NODE -> "node" + rest();
      case APP -> "app" + rest();
    };
  }

  private String rest() {
    return (moment == Moment.PRE ? "_pre" : "_post") + phase + "hook";
  }

  @Override
  public String toString() {
    return id();
  }
}
