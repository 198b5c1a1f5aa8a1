package dev.roost.simulator;

/** What an endpoint does; called while the lock of {@link World} is held. */
@FunctionalInterface
interface Handler {

    /**
     * Acts on a request.
     *
     * @throws IllegalArgumentException when the request asks for what cannot be, naming what is allowed
     */
    Answer handle(Visit visit);
}
