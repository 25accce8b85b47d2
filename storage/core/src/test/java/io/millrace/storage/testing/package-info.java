/**
 * For the tests of every store and of what stands on one: the contract suites, seeded data, named
 * doubles.
 */
@NullMarked
package io.millrace.storage.testing;

import org.jspecify.annotations.NullMarked;
