package dev.roost.core.journal;

import java.util.Optional;

/**
 * An entry, told for people. No secret in it.
 *
 * @param headline what happened, in a few words
 * @param because why Roost concluded that, in a sentence or two
 * @param advice what a person must do, or may want to; empty where there is nothing to do
 */
public record Told(String headline, String because, Optional<String> advice) {}
