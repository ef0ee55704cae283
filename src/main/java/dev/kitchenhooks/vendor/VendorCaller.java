package dev.kitchenhooks.vendor;

import dev.kitchenhooks.process.StopRequest;
import java.util.Map;
import java.util.function.Consumer;

/**
 * For whom cookbooks are vendored.
 *
 * @param environment the caller's variables: proxies, credentials, where gems lie
 * @param stop ends what is in flight
 * @param tell gets what a person should know, and the output of a tool that fails, line by line
 */
public record VendorCaller(
    Map<String, String> environment, StopRequest stop, Consumer<String> tell) {}
