package dev.kitchenhooks.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.IGetter;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Range;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;

/**
 * The words that a command takes, and what its help says of them. They are declared by calls: to
 * have picocli look for annotations would be most of what a short command does.
 *
 * <p>An option is written as help shows it: {@code "-e, --env ENV"}. What is given goes to a
 * setter, which first gets what holds where nothing is given.
 */
final class Syntax {
  private static final ITypeConverter<Path> PATH = Path::of;

  /** However many there are, each by itself. */
  private static final Range ONE_EACH = Range.valueOf("0..1").unspecified(true);

  private final CommandSpec spec;
  private final ScopeType scope;

  private Syntax(CommandSpec spec, ScopeType scope) {
    this.spec = spec;
    this.scope = scope;
  }

  /** Of a command that has options or arguments of its own. */
  static Syntax of(Object command, String name, String header) {
    return of(CommandSpec.wrapWithoutInspection(command), name, header);
  }

  static Syntax of(CommandSpec spec, String name, String header) {
    spec.name(name)
        .usageMessage()
        .header(header)
        .sortOptions(false)
        .optionListHeading("%nOptions:%n");
    return new Syntax(spec, ScopeType.LOCAL);
  }

  /** Of a command that only holds others. */
  static Syntax ofGroup(CommandSpec spec, String name, String header, String above) {
    spec.name(name)
        .usageMessage()
        .header(header)
        .sortOptions(false)
        .synopsisSubcommandLabel("COMMAND")
        .commandListHeading(above);
    return new Syntax(spec, ScopeType.LOCAL);
  }

  CommandSpec spec() {
    return spec;
  }

  // --- What help says ---

  Syntax synopsis(String... lines) {
    spec.usageMessage().customSynopsis(lines);
    return this;
  }

  Syntax description(String... lines) {
    spec.usageMessage().description(lines);
    return this;
  }

  /** Help shows the options by name, not as they are declared. */
  Syntax sorted() {
    spec.usageMessage().sortOptions(true);
    return this;
  }

  /** Not among the commands that help lists. */
  Syntax hidden() {
    spec.usageMessage().hidden(true);
    return this;
  }

  // --- What the command takes ---

  /** Adds what several commands take. */
  Syntax with(Consumer<Syntax> some) {
    some.accept(this);
    return this;
  }

  /** For options that all commands below take too. */
  Syntax inherited() {
    return new Syntax(spec, ScopeType.INHERIT);
  }

  Syntax flag(String option, String help, Consumer<Boolean> set) {
    return add(option(option, help, Boolean.class, false, set));
  }

  Syntax text(String option, String help, Consumer<@Nullable String> set) {
    return add(option(option, help, String.class, null, set));
  }

  /**
   * @param initial what help calls the default value
   */
  Syntax text(String option, String help, String initial, Consumer<String> set) {
    return add(option(option, help, String.class, initial, set));
  }

  /** May be given again. */
  Syntax texts(String option, String help, Consumer<List<String>> set) {
    return add(list(option, help, set));
  }

  /** May be given again, and each time hold several, with commas between them. */
  Syntax lists(String option, String help, Consumer<List<String>> set) {
    return add(list(option, help, set).splitRegex(","));
  }

  /** {@code KEY=VALUE}; may be given again. */
  Syntax pairs(String option, String help, Consumer<Map<String, String>> set) {
    return add(
        option(option, help, Map.class, new LinkedHashMap<>(), set)
            .auxiliaryTypes(String.class, String.class));
  }

  Syntax number(String option, String help, Consumer<@Nullable Integer> set) {
    return add(option(option, help, Integer.class, null, set));
  }

  /**
   * @param initial what help calls the default value
   */
  Syntax number(String option, String help, int initial, Consumer<Integer> set) {
    return add(option(option, help, Integer.class, initial, set));
  }

  Syntax path(String option, String help, Consumer<@Nullable Path> set) {
    return add(option(option, help, Path.class, null, set).converters(PATH));
  }

  <E extends Enum<E>> Syntax choice(
      String option, String help, E[] all, Consumer<@Nullable E> set) {
    return add(option(option, help, String.class, null, set).converters(oneOf(all)));
  }

  <E extends Enum<E>> Syntax choice(
      String option, String help, E[] all, E initial, Consumer<E> set) {
    return add(option(option, help, String.class, initial, set).converters(oneOf(all)));
  }

  Syntax dryRun(Consumer<Boolean> set) {
    return flag("--dry-run", "Show the plan; start nothing, connect to nothing.", set);
  }

  Syntax help() {
    return add(flag("-h, --help", "Show this help.").usageHelp(true));
  }

  Syntax version() {
    spec.versionProvider(new Version());
    return add(flag("-v, --version", "Show the version.").versionHelp(true));
  }

  Syntax argument(String label, String help, Consumer<String> set) {
    return add(argument(label, help, String.class, "", set).arity("1").required(true));
  }

  Syntax pathArgument(String label, String help, Consumer<Path> set) {
    return add(
        argument(label, help, Path.class, Path.of(""), set)
            .arity("1")
            .required(true)
            .converters(PATH));
  }

  Syntax optionalArgument(String label, String help, Consumer<@Nullable String> set) {
    return add(argument(label, help, String.class, null, set).arity("0..1"));
  }

  Syntax arguments(String label, int atLeast, String help, Consumer<List<String>> set) {
    return add(arguments(label, help, set).arity(atLeast + "..*").required(atLeast > 0));
  }

  /**
   * All arguments that are not before.
   *
   * @param help hidden where it is empty
   */
  Syntax otherArguments(String label, int before, String help, Consumer<List<String>> set) {
    return add(
        arguments(label, help, set).arity(ONE_EACH).index(before + "..*").hidden(help.isEmpty()));
  }

  private static OptionSpec.Builder flag(String option, String help) {
    return option(option, help, Boolean.class, false, _ -> {});
  }

  private static OptionSpec.Builder list(String option, String help, Consumer<List<String>> set) {
    return option(option, help, List.class, new ArrayList<>(), set).auxiliaryTypes(String.class);
  }

  private static PositionalParamSpec.Builder arguments(
      String label, String help, Consumer<List<String>> set) {
    return argument(label, help, List.class, new ArrayList<>(), set).auxiliaryTypes(String.class);
  }

  private static <T extends @Nullable Object> OptionSpec.Builder option(
      String option, String help, Class<?> type, T initial, Consumer<T> set) {
    int comma = option.indexOf(", ");
    int label = option.indexOf(' ', comma < 0 ? 0 : comma + 2);
    String last = option.substring(comma < 0 ? 0 : comma + 2, label < 0 ? option.length() : label);
    OptionSpec.Builder builder =
        comma < 0 ? OptionSpec.builder(last) : OptionSpec.builder(option.substring(0, comma), last);
    if (label >= 0) {
      builder.paramLabel(option.substring(label + 1));
    }
    var value = new Value<>(initial, set);
    return builder.description(help).type(type).initialValue(initial).getter(value).setter(value);
  }

  private static <T extends @Nullable Object> PositionalParamSpec.Builder argument(
      String label, String help, Class<?> type, T initial, Consumer<T> set) {
    var value = new Value<>(initial, set);
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .description(help)
        .type(type)
        .initialValue(initial)
        .getter(value)
        .setter(value);
  }

  private Syntax add(OptionSpec.Builder option) {
    spec.addOption(option.scopeType(scope).build());
    return this;
  }

  private Syntax add(PositionalParamSpec.Builder argument) {
    spec.addPositional(argument.build());
    return this;
  }

  /** What picocli does for an enum, but without reflection. */
  private static <E extends Enum<E>> ITypeConverter<E> oneOf(E[] all) {
    return word -> {
      for (E one : all) {
        if (one.name().equals(word)) {
          return one;
        }
      }
      throw new TypeConversionException(
          "expected one of %s (case-sensitive) but was '%s'".formatted(List.of(all), word));
    };
  }

  /** Remembers what was set, which picocli asks for where values are collected. */
  private static final class Value<T extends @Nullable Object> implements IGetter, ISetter {
    private final Consumer<T> set;
    private T value;

    Value(T value, Consumer<T> set) {
      this.value = value;
      this.set = set;
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // picocli's signature
    public <V> V get() {
      return (V) value;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <V> V set(V next) {
      V before = (V) value;
      value = (T) next;
      set.accept(value);
      return before;
    }
  }
}
