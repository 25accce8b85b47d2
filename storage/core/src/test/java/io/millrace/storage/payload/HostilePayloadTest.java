package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.millrace.storage.orchestration.PayloadTypeRow;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bytes that no codec wrote: refused, cheaply, and by one exception only. */
final class HostilePayloadTest {

  private static final int ROUNDS = 40_000;

  /** The first rounds load classes. */
  private static final int WARMUP = 500;

  /** What a decode may allocate: this much for each byte, and a little for itself. */
  private static final int BYTES_PER_BYTE_MAX = 100;

  private static final int BYTES_APART_MAX = 64 << 10;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final PayloadTypes types = PayloadTypes.empty();
  private final Payloads payloads = Payloads.kryo(types);
  private final List<Sample> samples = samples();

  @Test
  void shouldRefuseDamagedPayloadsByOneExceptionOnly() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    int refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      Sample other = samples.get(random.nextInt(samples.size()));
      Payload damaged = damage(sample.payload, other.payload, random);
      try {
        payloads.decode(damaged, sample.type);
        payloads.render(damaged);
      } catch (PayloadException expected) {
        refused++;
      } catch (Throwable wrong) {
        throw new AssertionError(report(seed, round, sample, damaged), wrong);
      }
    }
    assertThat(refused).as("seed=%d", seed).isGreaterThan(ROUNDS / 10);
  }

  @Test
  void shouldRefuseDamagedDescriptorsByOneExceptionOnly() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 40; round++) {
      List<PayloadTypeRow> rows = new ArrayList<>(types.rows());
      PayloadTypeRow row = rows.get(random.nextInt(rows.size()));
      PayloadTypeRow other = rows.get(random.nextInt(rows.size()));
      Payload damaged = damage(row.descriptor(), other.descriptor(), random);
      PayloadTypeRow damagedRow = new PayloadTypeRow(row.id(), row.name(), damaged);
      rows.set(row.id() - 1, damagedRow);
      Payloads opened = Payloads.kryo(new PayloadTypes(rows));
      for (Sample sample : samples) {
        try {
          opened.decode(sample.payload, sample.type);
          opened.render(sample.payload);
          PayloadText.describe(damagedRow);
        } catch (PayloadException expected) {
          // One of the two outcomes that are allowed.
          assertThat(expected).hasMessageContaining(" ");
        } catch (Throwable wrong) {
          throw new AssertionError(report(seed, round, sample, damaged), wrong);
        }
      }
    }
  }

  @Test
  void shouldAllocateNoMoreThanASmallMultipleOfTheBytes() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    for (int round = 0; round < ROUNDS / 4; round++) {
      Sample sample = samples.get(random.nextInt(samples.size()));
      byte[] bytes = Arrays.copyOf(sample.payload.array(), 64 + random.nextInt(4000));
      byte[] filler = new byte[random.nextInt(4) + 1];
      random.nextBytes(filler);
      for (int i = sample.payload.size() / 2; i < bytes.length; i++) {
        bytes[i] = filler[i % filler.length];
      }
      Payload hostile = Payload.wrap(bytes);
      long allocated = allocatedBy(() -> tryDecode(hostile, sample.type));
      long allowed = (long) hostile.size() * BYTES_PER_BYTE_MAX + BYTES_APART_MAX;
      if (round > WARMUP && allocated > allowed) {
        throw new AssertionError(
            "allocated=%d allowed=%d %s"
                .formatted(allocated, allowed, report(seed, round, sample, hostile)));
      }
    }
  }

  @Test
  void shouldNotTrustACount() {
    samples.forEach(sample -> allocatedBy(() -> tryDecode(sample.payload, sample.type)));
    for (Sample sample : samples) {
      // Varints of 2^28 wherever a count may stand.
      byte[] bytes = Arrays.copyOf(sample.payload.array(), sample.payload.size() + 50);
      for (int at = 2; at < sample.payload.size(); at++) {
        byte[] hostile = bytes.clone();
        Arrays.fill(hostile, at, at + 4, (byte) 0xFF);
        hostile[at + 4] = 0x07;
        long allocated = allocatedBy(() -> tryDecode(Payload.wrap(hostile), sample.type));
        assertThat(allocated).as("%s at %d", sample.type, at).isLessThan(512 << 10);
      }
    }
  }

  @Test
  void shouldNotFollowADeepNest() {
    byte[] head = Arrays.copyOf(sample(Tree.class).payload.array(), 3);
    ByteArrayOutputStream nest = new ByteArrayOutputStream();
    nest.writeBytes(head);
    for (int i = 0; i < 100_000; i++) {
      // Present, a name of no chars, a list of one.
      nest.writeBytes(new byte[] {1, 1, 2});
    }
    Payload deep = Payload.wrap(nest.toByteArray());

    assertThatThrownBy(() -> payloads.decode(deep, TypeRef.of(Tree.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("expected at most depth=256");
    assertThatThrownBy(() -> payloads.render(deep)).isInstanceOf(PayloadException.class);
    Payload deepHead = Payload.wrap(new byte[100_000]);
    Arrays.fill(deepHead.array(), (byte) 64);
    deepHead.array()[0] = 'K';
    assertThatThrownBy(() -> payloads.decode(deepHead, TypeRef.of(Tree.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("nested at most 32 deep");
  }

  @Test
  void shouldRefuseBytesThatAreLeftOver() {
    Payload sound = payloads.encode("x", TypeRef.of(String.class));
    Payload longer = Payload.wrap(Arrays.copyOf(sound.array(), sound.size() + 1));

    assertThatThrownBy(() -> payloads.decode(longer, TypeRef.of(String.class)))
        .isInstanceOf(PayloadException.class)
        .hasMessage(
            "cannot read a payload as java.lang.String: damaged at byte=4 of bytes=5, expected no"
                + " more bytes; the data directory was changed from outside, restore it from a"
                + " backup");
  }

  private static Payload damage(Payload sound, Payload other, Random random) {
    byte[] bytes = sound.array().clone();
    switch (random.nextInt(5)) {
      case 0 -> bytes[at(random, bytes)] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at(random, bytes)] = (byte) random.nextInt(256);
      case 2 -> bytes = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
      case 3 -> {
        int at = at(random, bytes);
        int from = random.nextInt(other.size());
        int length = Math.min(bytes.length - at, other.size() - from);
        System.arraycopy(other.array(), from, bytes, at, length);
      }
      default -> {
        for (int i = 0; i < 3; i++) {
          bytes[at(random, bytes)] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt(4));
        }
      }
    }
    return Payload.wrap(bytes);
  }

  /** Any byte but the marker. */
  private static int at(Random random, byte[] bytes) {
    return 1 + random.nextInt(bytes.length - 1);
  }

  private void tryDecode(Payload payload, TypeRef<?> type) {
    try {
      payloads.decode(payload, type);
    } catch (PayloadException expected) {
      assertThat(expected.getMessage()).isNotEmpty();
    }
  }

  private static long allocatedBy(Runnable action) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    action.run();
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private static String report(long seed, int round, Sample sample, Payload damaged) {
    return "seed=%d round=%d type=%s bytes=%s"
        .formatted(seed, round, sample.type, Arrays.toString(damaged.array()));
  }

  private Sample sample(Class<?> type) {
    return samples.stream().filter(s -> s.type.type() == type).findFirst().orElseThrow();
  }

  private List<Sample> samples() {
    Tree tree = new Tree("r", List.of(new Tree("a", List.of()), new Tree("b", List.of())));
    V1.Order order =
        new V1.Order(
            "id", 3, 1f, List.of(new V1.Line("l", 1)), new V1.Gone(Map.of("k", List.of())));
    return List.of(
        of(TypeRef.of(Tree.class), tree),
        of(TypeRef.of(V1.Order.class), order),
        of(TypeRef.of(V1.Event.class), new V1.Paid("x")),
        of(TypeRef.of(String.class), "水車 and more"),
        of(TypeRef.of(int[].class), new int[] {1, 2, 3}),
        of(TypeRef.of(double[].class), new double[] {1, 2, 3}),
        of(TypeRef.of(BigDecimal.class), new BigDecimal("1234567890.123")),
        of(TypeRef.of(URI.class), URI.create("https://example.org/")),
        of(TypeRef.of(Instant.class), Instant.EPOCH),
        of(TypeRef.of(ZonedDateTime.class), ZonedDateTime.parse("2024-01-01T00:00:00Z[UTC]")),
        of(new TypeRef<TreeSet<String>>() {}, new TreeSet<>(List.of("a", "b"))),
        of(
            new TypeRef<Map<V1.Level, Optional<String>>>() {},
            Map.of(V1.Level.LOW, Optional.of("x"))),
        of(
            new TypeRef<List<List<List<List<String>>>>>() {},
            List.of(List.of(List.of(List.of("x"))))));
  }

  private <T> Sample of(TypeRef<T> type, T value) {
    return new Sample(type, payloads.encode(value, type));
  }

  private record Sample(TypeRef<?> type, Payload payload) {}

  private record Tree(@Nullable String name, List<Tree> children) {}
}
