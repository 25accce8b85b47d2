package io.millrace.testkit;

import io.millrace.engine.InstanceHistory;
import io.millrace.engine.NondeterminismReport;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationFunction;
import io.millrace.engine.internal.replay.Examination;
import io.millrace.engine.internal.replay.OrchestrationCode;
import io.millrace.engine.internal.replay.QuarantineCause;
import io.millrace.engine.internal.replay.Replayer;
import io.millrace.engine.internal.replay.Turn;
import io.millrace.engine.internal.replay.TurnLimits;
import io.millrace.engine.internal.runtime.PayloadValues;
import io.millrace.storage.orchestration.HistoryRow;
import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.payload.PayloadCodec;
import io.millrace.storage.payload.PayloadTypes;
import io.millrace.storage.payload.Payloads;
import io.millrace.testkit.ReplayFinding.Verdict;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Runs new code over histories that were exported from an engine, and says which would diverge,
 * where, and what to do. Nothing is written, no activity runs.
 *
 * <pre>{@code
 * new ReplayTester()
 *     .orchestration(CHECKOUT, Shop::checkout)
 *     .assertFits(List.of(InstanceHistory.read(file)));
 * }</pre>
 *
 * <p>One thread.
 */
public final class ReplayTester {

  private static final int PAYLOAD_BYTES_MAX = 64 << 20;

  private final Map<String, OrchestrationCode<?, ?>> codes = new HashMap<>();
  private final List<PayloadCodec> readers = new ArrayList<>();
  private Function<PayloadTypes, PayloadCodec> codec = KryoPayloadCodec::new;
  private boolean comparing;

  /**
   * Adds code to check; several versions of one name are several codes.
   *
   * @throws IllegalArgumentException if that name and version was added already
   */
  public <I extends @Nullable Object, O extends @Nullable Object> ReplayTester orchestration(
      Orchestration<I, O> orchestration, OrchestrationFunction<I, O> code) {
    String key = key(orchestration.name(), orchestration.version());
    if (codes.putIfAbsent(key, new OrchestrationCode<>(orchestration, code)) != null) {
      throw new IllegalArgumentException(
          "there is code for this orchestration already, orchestration=" + key);
    }
    return this;
  }

  /** Says what reads users' values, as the builder of the engine does; Kryo unless said. */
  public ReplayTester payloads(
      Function<PayloadTypes, PayloadCodec> factory, PayloadCodec... others) {
    codec = Objects.requireNonNull(factory, "factory");
    readers.addAll(List.of(others));
    return this;
  }

  /**
   * Compares also inputs, deadlines and options, decoded. They need not be equal at a replay, where
   * history wins; but one that differs may be a mistake.
   */
  public ReplayTester comparingInputs() {
    comparing = true;
    return this;
  }

  /** Runs the code over every kept execution of a history. */
  public List<ReplayFinding> check(InstanceHistory history) {
    PayloadTypes types = new PayloadTypes(history.types());
    Payloads payloads = Payloads.of(types, codec.apply(types), readers, PAYLOAD_BYTES_MAX);
    Replayer replayer =
        new Replayer(new PayloadValues(payloads), TurnLimits.DEFAULT, warning -> {});
    List<ReplayFinding> findings = new ArrayList<>();
    for (int execution = 1; execution <= history.instance().execution(); execution++) {
      if (!history.turnsOf(execution).isEmpty()) {
        findings.add(check(replayer, history, execution));
      }
    }
    return findings;
  }

  private ReplayFinding check(Replayer replayer, InstanceHistory history, int execution) {
    String name = history.instance().orchestration();
    String version = history.versionOf(execution);
    OrchestrationCode<?, ?> code = codes.get(key(name, version));
    if (code == null) {
      return new ReplayFinding(
          history.instance().id(),
          name,
          version,
          execution,
          Verdict.NO_CODE,
          "no code for orchestration=" + key(name, version) + "; the instance would wait for it",
          null,
          List.of());
    }
    List<HistoryRow> turns = history.turnsOf(execution);
    Turn past =
        new Turn(
            code,
            history.instance().id(),
            history.instance().number(),
            execution,
            turns,
            List.of(),
            turns.get(turns.size() - 1).atMillis());
    Examination examination = replayer.examine(past, comparing);
    QuarantineCause cause = examination.cause();
    return new ReplayFinding(
        history.instance().id(),
        name,
        version,
        execution,
        verdict(cause),
        text(cause),
        report(cause),
        examination.differences());
  }

  private static Verdict verdict(@Nullable QuarantineCause cause) {
    if (cause == null) {
      return Verdict.FITS;
    } else if (cause instanceof QuarantineCause.Nondeterministic) {
      return Verdict.DIVERGES;
    }
    return cause instanceof QuarantineCause.UnreadableHistory
        ? Verdict.UNREADABLE
        : Verdict.UNUSABLE;
  }

  private static String text(@Nullable QuarantineCause cause) {
    if (cause instanceof QuarantineCause.Nondeterministic parted) {
      return parted.report().text();
    }
    return cause == null ? "" : cause.toFailure().message();
  }

  private static @Nullable NondeterminismReport report(@Nullable QuarantineCause cause) {
    return cause instanceof QuarantineCause.Nondeterministic parted ? parted.report() : null;
  }

  /**
   * Fails unless the code fits every history.
   *
   * @throws AssertionError names each that does not fit, where, and what to do
   */
  public void assertFits(Collection<InstanceHistory> histories) {
    List<ReplayFinding> bad =
        histories.stream()
            .flatMap(history -> check(history).stream())
            .filter(finding -> !finding.fits())
            .toList();
    if (!bad.isEmpty()) {
      throw new AssertionError(
          bad.size()
              + " executions of "
              + histories.size()
              + " histories do not fit the code:\n\n"
              + bad.stream().map(ReplayTester::described).collect(Collectors.joining("\n\n")));
    }
  }

  private static String described(ReplayFinding finding) {
    return finding.verdict() + " " + finding.instanceId() + ": " + finding.text();
  }

  private static String key(String name, String version) {
    return name + "@" + version;
  }
}
