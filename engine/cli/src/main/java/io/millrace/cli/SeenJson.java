package io.millrace.cli;

import io.millrace.buffer.metrics.Distribution;
import io.millrace.buffer.metrics.Figure;
import io.millrace.buffer.metrics.Metric;
import io.millrace.buffer.metrics.RunningWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code millrace top --json} prints; figures by the names of {@code docs/metrics.md}. */
final class SeenJson {

  private SeenJson() {}

  static Map<String, @Nullable Object> of(Seen seen) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("directory", seen.directory().toString());
    json.put("owner", Json.word(seen.owner()));
    json.put("pid", seen.now().pid());
    json.put("epoch", seen.now().epoch());
    json.put("storeId", seen.now().storeId().toString());
    json.put("openedAt", seen.now().openedAt().toString());
    json.put("writtenAt", seen.now().metrics().takenAt().toString());
    json.put("health", Json.word(seen.now().health()));
    json.put("concern", Json.word(seen.now().concern()));
    json.put("reason", seen.now().reason());
    json.put("figures", seen.now().metrics().toMap());
    json.put("perSecond", rates(seen));
    json.put("distributions", distributions(seen));
    json.put("running", running(seen));
    return json;
  }

  private static Map<String, Double> rates(Seen seen) {
    Map<String, Double> rates = new LinkedHashMap<>();
    for (Figure figure : seen.now().metrics().figures()) {
      if (figure.metric().kind() == Metric.Kind.COUNTER) {
        rates.put(figure.title(), Math.round(seen.rate(figure.metric()) * 10) / 10.0);
      }
    }
    return rates;
  }

  private static Map<String, @Nullable Object> distributions(Seen seen) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    for (Metric metric : seen.now().metrics().distributions().keySet()) {
      Distribution lately = seen.lately(metric);
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("count", lately.count());
      one.put("mean", Math.round(lately.mean()));
      one.put("p50", lately.percentile(0.5));
      one.put("p99", lately.percentile(0.99));
      one.put("max", lately.max());
      one.put("unit", metric.unit());
      all.put(metric.name(), one);
    }
    return all;
  }

  private static List<Map<String, @Nullable Object>> running(Seen seen) {
    List<Map<String, @Nullable Object>> all = new ArrayList<>();
    for (RunningWork work : seen.now().metrics().running()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("kind", Json.word(work.kind()));
      one.put("name", work.name());
      one.put("id", work.instanceId());
      one.put("attempt", work.attempt());
      one.put("since", work.since().toString());
      all.add(one);
    }
    return all;
  }
}
