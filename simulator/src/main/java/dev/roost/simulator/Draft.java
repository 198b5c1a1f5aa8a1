package dev.roost.simulator;

/**
 * A post not yet published.
 *
 * @param text as sent
 * @param links what it answers, quotes and carries
 */
record Draft(String text, LedgerPost.Links links) {}
