package dev.kitchenhooks.plan;

/**
 * A hook that would have run, had a flag not left it out.
 *
 * @param hook the hook
 * @param reason the flag, e.g. {@code --skip-hooks tag:slow}
 */
public record SkippedHook(PlannedHook hook, String reason) {}
