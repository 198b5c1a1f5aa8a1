/** What all pages of the dashboard share: their frame, files, headers, errors and words. */
@NullMarked
package dev.roost.server.dashboard.frame;

import org.jspecify.annotations.NullMarked;
