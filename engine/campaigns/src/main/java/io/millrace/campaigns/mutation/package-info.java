/**
 * How strong the tests are: PIT changes the code in thousands of small ways and runs the tests
 * against each. What came of it is written down from its reports, and each change that no test
 * noticed with a reason.
 */
@NullMarked
package io.millrace.campaigns.mutation;

import org.jspecify.annotations.NullMarked;
