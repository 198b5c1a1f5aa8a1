/** The tools of the token-refresh guide, as any door may offer them: no HTTP and no protocol in here. */
@NullMarked
package dev.roost.server.guide.tools;

import org.jspecify.annotations.NullMarked;
