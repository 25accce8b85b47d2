package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.storage.orchestration.PayloadTypeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Numbers of types: given once, pending until journaled, found again at the next open. */
final class PayloadTypesTest {

  private static final TypeRef<V1.Line> LINE = TypeRef.of(V1.Line.class);
  private static final TypeRef<V1.Level> LEVEL = TypeRef.of(V1.Level.class);

  @Test
  void shouldKeepARowPendingUntilItIsJournaled() {
    PayloadTypes types = PayloadTypes.empty();
    Payloads payloads = Payloads.kryo(types);
    assertThat(types.pending()).isEmpty();

    payloads.encode(new V1.Line("a", 1), LINE);
    List<PayloadTypeRow> first = types.pending();
    payloads.encode(V1.Level.LOW, LEVEL);
    payloads.encode(new V1.Line("b", 2), LINE);

    assertThat(first).extracting(PayloadTypeRow::id).containsExactly(1);
    assertThat(types.pending()).extracting(PayloadTypeRow::id).containsExactly(1, 2);
    types.markJournaled(first);
    assertThat(types.pending()).extracting(PayloadTypeRow::name).containsExactly(LEVEL.toString());
    types.markJournaled(types.pending());
    assertThat(types.pending()).isEmpty();
    assertThat(types.rows()).extracting(PayloadTypeRow::id).containsExactly(1, 2);
  }

  @Test
  void shouldKeepRowsPendingWhenTheDecisionDoesNotStand() {
    PayloadTypes types = PayloadTypes.empty();
    Payloads.kryo(types).encode(V1.Level.LOW, LEVEL);

    List<PayloadTypeRow> offered = types.pending();

    assertThat(types.pending()).isEqualTo(offered).hasSize(1);
  }

  @Test
  void shouldFindItsNumbersAgainWhenOpenedFromTheStoredRows() {
    PayloadTypes before = PayloadTypes.empty();
    Payload line = Payloads.kryo(before).encode(new V1.Line("a", 1), LINE);

    PayloadTypes after = new PayloadTypes(before.rows());
    Payloads payloads = Payloads.kryo(after);

    assertThat(payloads.decode(line, LINE)).isEqualTo(new V1.Line("a", 1));
    assertThat(payloads.encode(new V1.Line("a", 1), LINE)).isEqualTo(line);
    assertThat(after.pending()).isEmpty();
    payloads.encode(V1.Level.LOW, LEVEL);
    assertThat(after.pending()).extracting(PayloadTypeRow::id).containsExactly(2);
  }

  @Test
  void shouldNumberATypeOnceWhereverItStands() {
    PayloadTypes types = PayloadTypes.empty();
    Payloads payloads = Payloads.kryo(types);

    payloads.encode(null, LINE);
    payloads.encode(List.of(), new TypeRef<List<V1.Line>>() {});
    payloads.encode(Map.of(), new TypeRef<Map<String, V1.Line[]>>() {});
    payloads.encode("x", TypeRef.of(String.class));

    assertThat(types.rows()).hasSize(1);
  }

  @Test
  void shouldNameANumberThatIsNotThere() {
    Payload line = Payloads.kryo(PayloadTypes.empty()).encode(new V1.Line("a", 1), LINE);
    Payloads other = Payloads.kryo(PayloadTypes.empty());

    assertThatThrownBy(() -> other.decode(line, LINE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("type=1, which payload_types does not hold");
  }

  @Test
  void shouldOpenWithADamagedRowAndRefuseOnlyItsPayloads() {
    PayloadTypes before = PayloadTypes.empty();
    Payload line = Payloads.kryo(before).encode(new V1.Line("a", 1), LINE);
    PayloadTypeRow row = before.rows().get(0);
    Payload damaged = Payload.wrap(new byte[] {'D', 9});

    PayloadTypes after =
        new PayloadTypes(List.of(new PayloadTypeRow(row.id(), row.name(), damaged)));

    assertThatThrownBy(() -> Payloads.kryo(after).decode(line, LINE))
        .isInstanceOf(PayloadException.class)
        .hasMessageContaining("the descriptor of type=1 " + row.name());
    assertThat(Payloads.kryo(after).encode("x", TypeRef.of(String.class)).size()).isEqualTo(4);
  }

  @Test
  void shouldGiveEachTypeOneNumberWhenManyThreadsMeetItAtOnce() throws Exception {
    PayloadTypes types = PayloadTypes.empty();
    List<TypeRef<?>> refs =
        List.of(
            LINE,
            LEVEL,
            TypeRef.of(V1.Order.class),
            TypeRef.of(V1.Event.class),
            TypeRef.of(V1.Node.class),
            TypeRef.of(V1.Boxed.class),
            new TypeRef<List<V2.Line>>() {},
            new TypeRef<Map<V2.Level, V2.Node>>() {});
    int threads = 8;
    CyclicBarrier start = new CyclicBarrier(threads);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try {
      Callable<Void> work =
          () -> {
            // Codecs of their own, so that they race for numbers and not only for bindings.
            Payloads payloads = Payloads.kryo(types);
            start.await(10, TimeUnit.SECONDS);
            for (TypeRef<?> ref : refs) {
              Payload payload = payloads.encode(null, ref);
              assertThat(types.rows().size()).isPositive();
              payloads.render(payload);
            }
            return null;
          };
      List<Future<Void>> done = new ArrayList<>();
      IntStream.range(0, threads).forEach(i -> done.add(workers.submit(work)));
      for (Future<Void> each : done) {
        each.get(20, TimeUnit.SECONDS);
      }
    } finally {
      workers.shutdownNow();
    }
    assertThat(types.pending())
        .extracting(PayloadTypeRow::id)
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    assertThat(types.pending()).extracting(PayloadTypeRow::descriptor).doesNotHaveDuplicates();
  }

  @Test
  void shouldShareScratchAmongManyThreads() throws Exception {
    Payloads payloads = Payloads.kryo(PayloadTypes.empty());
    ExecutorService workers = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> done = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        int number = worker;
        done.add(
            workers.submit(
                () ->
                    IntStream.range(0, 5_000)
                        .allMatch(
                            i -> {
                              V1.Line line = new V1.Line("item " + number, i);
                              return line.equals(
                                  payloads.decode(payloads.encode(line, LINE), LINE));
                            })));
      }
      for (Future<Boolean> each : done) {
        assertThat(each.get(20, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      workers.shutdownNow();
    }
  }
}
