package dev.roost.bench.run;

import java.util.List;

/** A way to measure some lines of the table. */
@FunctionalInterface
interface Row {
    /** Measures them; what it starts it also ends. */
    List<Figure> measure(Site site) throws Exception;
}
