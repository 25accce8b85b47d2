package io.millrace.engine.internal.replay;

import io.millrace.engine.RecordedDifference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of running code over a history without a new turn.
 *
 * @param cause why an instance with this history would be set aside, null if it would not
 * @param differences what the code gave otherwise than history holds, where that was compared; it
 *     does no harm
 */
public record Examination(@Nullable QuarantineCause cause, List<RecordedDifference> differences) {}
