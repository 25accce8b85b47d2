package io.millrace.campaigns;

import io.millrace.engine.MillraceSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What decoders are fed with: the golden bytes of the formats, every form that was ever written
 * among them, with a few bytes changed, and short noise. The same seed makes the same bytes.
 */
final class FuzzInputs {

  private static final int NOISE_BYTES_MAX = 96;
  private static final int CHANGES_MAX = 6;
  private static final int NOISE_ONE_IN = 4;

  /** Values at which counts and lengths turn over. */
  private static final byte[] EDGES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xff};

  private final List<byte[]> forms = hex("/golden/forms.txt", "now ", "old ");
  private final List<byte[]> records =
      forms.stream().filter(form -> form.length < 128).map(FuzzInputs::recordOf).toList();
  private final List<byte[]> histories = forms.stream().map(FuzzInputs::historyOf).toList();
  private final List<byte[]> payloads = hex("/golden/payloads-v1.txt", "value ", "type ");
  private final List<byte[]> descriptors = hex("/golden/payloads-v1.txt", "type ");
  private final List<byte[]> settings =
      MillraceSettings.CATALOG.settings().stream()
          .map(each -> (each.key() + " = " + each.standardText()).getBytes(StandardCharsets.UTF_8))
          .toList();
  private final List<byte[]> segments =
      List.of(read("/golden/journal-v1-1-1.bin"), read("/golden/journal-v1-2-1.bin"));

  /** Returns what starts a guided run: the real bytes, and those that reached new code before. */
  List<byte[]> seeds(FuzzTarget target) {
    List<byte[]> all = new ArrayList<>(corpus(target));
    all.addAll(FuzzCorpus.of(target));
    all.addAll(FuzzCorpus.read(FuzzCorpus.seedsOf(target)));
    return all;
  }

  /** Returns the real bytes that a target's inputs are made from. */
  List<byte[]> corpus(FuzzTarget target) {
    return switch (target) {
      case JOURNAL -> segments;
      case PAYLOAD -> payloads;
      case RECORD -> records;
      case DESCRIPTOR -> descriptors;
      case SETTINGS -> settings;
      case HISTORY -> histories;
      default -> forms;
    };
  }

  /** Returns the bytes of a seed; they are the caller's. */
  byte[] draw(FuzzTarget target, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    if (random.nextInt(NOISE_ONE_IN) == 0) {
      byte[] noise = new byte[random.nextInt(NOISE_BYTES_MAX)];
      random.nextBytes(noise);
      // Small first bytes get further: they are counts, kinds and versions.
      for (int i = 0; i < Math.min(4, noise.length); i++) {
        noise[i] = (byte) random.nextInt(6);
      }
      return noise;
    }
    List<byte[]> corpus = corpus(target);
    byte[] bytes = corpus.get(random.nextInt(corpus.size())).clone();
    int changes = random.nextInt(CHANGES_MAX);
    for (int i = 0; i < changes && bytes.length > 0; i++) {
      bytes = change(bytes, random);
    }
    return bytes;
  }

  /** The body of a record with one mutation whose length takes one byte. */
  private static byte[] recordOf(byte[] form) {
    byte[] record = new byte[2 + form.length];
    record[0] = 1;
    record[1] = (byte) form.length;
    System.arraycopy(form, 0, record, 2, form.length);
    return record;
  }

  /** The rows of a history that has one. */
  private static byte[] historyOf(byte[] form) {
    ByteBuffer rows = ByteBuffer.allocate(2 * Integer.BYTES + form.length);
    return rows.putInt(1).putInt(form.length).put(form).array();
  }

  private static byte[] change(byte[] bytes, SplittableRandom random) {
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(6)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      case 1 -> bytes[at] = (byte) random.nextInt(256);
      case 2 -> bytes[at] = EDGES[random.nextInt(EDGES.length)];
      // Five bytes that say two thousand million, as a count in groups of seven bits.
      case 3 -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 5), (byte) 0xff);
      case 4 -> {
        return Arrays.copyOf(bytes, at);
      }
      default -> {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
        return longer;
      }
    }
    return bytes;
  }

  private static List<byte[]> hex(String resource, String... kinds) {
    List<byte[]> all = new ArrayList<>();
    for (String line : new String(read(resource), StandardCharsets.UTF_8).split("\n", -1)) {
      if (Arrays.stream(kinds).anyMatch(line::startsWith)) {
        all.add(HexFormat.of().parseHex(line.substring(line.lastIndexOf(' ') + 1).strip()));
      }
    }
    return List.copyOf(all);
  }

  private static byte[] read(String resource) {
    try (InputStream in = FuzzInputs.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(
            "expected the golden bytes on the class path, resource=" + resource);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the golden bytes, resource=" + resource, e);
    }
  }
}
