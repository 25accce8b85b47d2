/** For users' tests: an engine on a virtual clock, a replay tester, rules for orchestrations. */
@NullMarked
package io.millrace.testkit;

import org.jspecify.annotations.NullMarked;
