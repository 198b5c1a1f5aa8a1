/** What people deploy Roost with, judged by the tools that it is for. */
@NullMarked
package dev.roost.proof.deploy;

import org.jspecify.annotations.NullMarked;
