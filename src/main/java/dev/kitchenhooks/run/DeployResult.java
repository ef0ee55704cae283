package dev.kitchenhooks.run;

/**
 * How a deploy ended.
 *
 * @param exitCode the deploy's own: chef-solo's exit code; 255 SSH failed; 124 timed out; 130
 *     interrupted
 * @param detail for people where the code says too little, e.g. {@code chef-solo is missing on the
 *     node}; else empty
 */
public record DeployResult(int exitCode, String detail) {}
