package io.millrace.campaigns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every decoder against damaged and invented bytes: it refuses in its own words, in little room.
 */
@Timeout(300)
class FuzzTargetTest {

  private static final int RUNS = 1_500;

  private final FuzzInputs inputs = new FuzzInputs();

  @ParameterizedTest
  @EnumSource
  void shouldReadOrRefuseWhateverItIsGiven(FuzzTarget target) {
    assertThat(new FuzzCampaign(target).run(1, RUNS, (count, kept) -> {}).count()).isEqualTo(RUNS);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadOrRefuseTheWholeCorpusAsItIs(FuzzTarget target) {
    assertThat(inputs.corpus(target)).isNotEmpty();
    for (byte[] bytes : inputs.seeds(target)) {
      FuzzCampaign.feed(target, bytes.clone(), "corpus");
    }
  }

  @Test
  void shouldGetPastTheFirstCheckOfADecoder() {
    // If nothing got past the first check, the rest would prove nothing.
    assertThat(inputs.corpus(FuzzTarget.ROW))
        .anyMatch(bytes -> FuzzTarget.ROW.feed(bytes.clone()))
        .anyMatch(bytes -> FuzzTarget.KEY.feed(bytes.clone()));
    assertThat(inputs.corpus(FuzzTarget.RECORD))
        .anyMatch(bytes -> FuzzTarget.RECORD.feed(bytes.clone()));
    assertThat(inputs.corpus(FuzzTarget.PAYLOAD))
        .anyMatch(bytes -> FuzzTarget.PAYLOAD.feed(bytes.clone()));
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeLittleMemoryForFiveHostileBytes(FuzzTarget target) {
    byte[] count = HexFormat.of().parseHex("ffffffff07");
    for (int kind = 0; kind < 256; kind++) {
      for (int second = 0; second < 2; second++) {
        byte[] bytes = new byte[2 + count.length];
        bytes[0] = (byte) kind;
        bytes[1] = (byte) second;
        System.arraycopy(count, 0, bytes, 2, count.length);
        FuzzCampaign.feed(target, bytes, "hostile count");
      }
    }
  }

  @Test
  void shouldKeepWhatGuidedRunsFound() {
    // If the files were not found on the class path, the test above would not feed them either.
    assertThat(FuzzCorpus.of(FuzzTarget.JOURNAL)).isNotEmpty();
    assertThat(FuzzCorpus.of(FuzzTarget.RECORD)).isNotEmpty();
    assertThat(FuzzCorpus.of(FuzzTarget.ROW)).isNotEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void shouldStartFromRealBytesOfEveryKind(FuzzTarget target) {
    List<String> made = FuzzSeeds.of(target).stream().map(HexFormat.of()::formatHex).toList();
    assertThat(FuzzCorpus.read(FuzzCorpus.seedsOf(target)))
        .as("renew them with ./millrace fuzz --renew-seeds")
        .map(HexFormat.of()::formatHex)
        .containsExactlyElementsOf(made.stream().sorted().distinct().toList());
    if (target != FuzzTarget.SETTINGS && target != FuzzTarget.IDENTIFIER) {
      for (byte[] bytes : FuzzSeeds.of(target)) {
        assertThat(target.feed(bytes.clone()))
            .as(() -> "reads " + HexFormat.of().formatHex(bytes))
            .isTrue();
      }
    }
  }

  @Test
  void shouldBeGuidedByTheCodeThatAnInputReaches(@TempDir Path temporary) throws Exception {
    Campaign.Result result =
        new GuidedFuzzCampaign(FuzzTarget.IDENTIFIER, temporary, null)
            .run(1, 2_000, (count, kept) -> {});
    assertThat(result.count()).isGreaterThanOrEqualTo(2_000);
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void shouldWriteItsCorpusInAnOrderOfItsOwn(@TempDir Path temporary) throws Exception {
    FuzzCorpus.write(
        temporary, FuzzTarget.KEY, List.of(new byte[] {2}, new byte[] {1, -1}, new byte[] {2}));
    assertThat(temporary.resolve(FuzzCorpus.fileOf(FuzzTarget.KEY))).hasContent("01ff\n02\n");
  }

  @Test
  void shouldMakeTheSameBytesFromTheSameSeed() {
    assertThat(inputs.draw(FuzzTarget.ROW, 17))
        .isEqualTo(new FuzzInputs().draw(FuzzTarget.ROW, 17));
  }
}
