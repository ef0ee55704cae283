package dev.kitchenhooks.chef;

import dev.kitchenhooks.kitchen.Secret;
import dev.kitchenhooks.remote.NodeConnector;
import dev.kitchenhooks.run.LockWait;
import java.util.Optional;

/**
 * How a run comes to its nodes, and to their locks.
 *
 * @param sudoPassword what sudo on the nodes gets on its stdin; empty: it must want none
 * @param connector opens the connections
 * @param holder who takes the nodes' locks, for other runs to be told
 * @param lockWait how long the locks of others are waited for
 */
public record Access(
    Optional<Secret> sudoPassword, NodeConnector connector, String holder, LockWait lockWait) {}
