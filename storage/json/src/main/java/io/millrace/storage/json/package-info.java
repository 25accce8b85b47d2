/**
 * Users' values as JSON. An alternative to the default codec for those who want to read inputs and
 * results with other tools, at the price of size and speed; on Jackson, in a jar of its own.
 */
@NullMarked
package io.millrace.storage.json;

import org.jspecify.annotations.NullMarked;
