/** Charts that the server draws, without any script. */
@NullMarked
package dev.roost.server.dashboard.chart;

import org.jspecify.annotations.NullMarked;
