/** The pages that a person sees after a sign-in. */
@NullMarked
package dev.roost.server.pages;

import org.jspecify.annotations.NullMarked;
