package io.millrace.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.campaigns.disks.DiskCampaign;
import io.millrace.campaigns.disks.DiskPart;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One episode of a kind; {@code ./millrace disks} runs them at length, and the longer kinds. */
@Timeout(200)
class DisksTest {

  @TempDir Path temporary;

  private Campaign.Result run(DiskPart part, long seed) throws Exception {
    DiskCampaign campaign = new DiskCampaign(part, temporary, Duration.ofMillis(600));
    Campaign.Result result = campaign.run(seed, 1, (count, kept) -> {});
    assertThat(result.acknowledged()).isPositive();
    assertThat(temporary).isEmptyDirectory();
    return result;
  }

  @Test
  void i7_shouldOutliveAnOutsideProcessThatHoldsTheStore() throws Exception {
    assertThat(run(DiskPart.LOCK, 1).note()).contains("STORE_");
  }

  @Test
  void i6_shouldTellOfAFailingDiskAndKeepWhatItAcknowledged() throws Exception {
    try {
      // Both journal and store, all writes.
      assertThat(run(DiskPart.ERRORS, 5).note()).contains("FAULT");
    } catch (NotRunException e) {
      Assumptions.abort(e.getMessage());
    }
  }
}
