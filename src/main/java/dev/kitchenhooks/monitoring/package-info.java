/** Applications in Prometheus and Grafana: labels on their services, and a dashboard for each. */
@NullMarked
package dev.kitchenhooks.monitoring;

import org.jspecify.annotations.NullMarked;
