package dev.kitchenhooks.hook;

import dev.kitchenhooks.schema.JsonSchema;

/** The published JSON Schema of a hook definition. */
public final class HookSchema {
  private HookSchema() {}

  /** Loaded at first use: it takes time, and a kitchen without hooks does not pay for it. */
  static JsonSchema shared() {
    return Holder.SCHEMA;
  }

  /** Loads it ahead of its first use, on a thread that has nothing better to do. */
  public static void prepare() {
    shared();
  }

  private static final class Holder {
    static final JsonSchema SCHEMA = JsonSchema.of(text());
  }

  /** The schema as published, for {@code fix hooks schema} and for editors. */
  public static String text() {
    return JsonSchema.text(HookSchema.class, "hook.schema.json");
  }
}
