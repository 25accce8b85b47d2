package io.millrace.buffer.internal.segment;

import io.millrace.buffer.testing.ForgetfulSegments;

class ForgetfulSegmentsContractTest extends SegmentStorageContract {

  private ForgetfulSegments current = new ForgetfulSegments(1 << 16, 1 << 12);

  @Override
  protected SegmentStorage openStorage() {
    current = current.killProcess();
    return current;
  }
}
