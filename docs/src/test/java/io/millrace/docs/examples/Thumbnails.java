package io.millrace.docs.examples;

import io.millrace.engine.Activity;
import io.millrace.engine.DurableFuture;
import io.millrace.engine.MillraceBuilder;
import io.millrace.engine.Orchestration;
import io.millrace.engine.OrchestrationContext;
import io.millrace.storage.payload.TypeRef;
import java.util.List;

/** Fan-out, fan-in: a step for each picture, all at once, then one over all results. */
final class Thumbnails {
  record Album(String name, List<String> pictures) {}

  record Page(String album, int pictures, long bytes) {}

  static final Activity<String, Integer> SHRINK =
      Activity.named("shrink", String.class, Integer.class);
  static final Orchestration<Album, Page> PUBLISH =
      Orchestration.named("publish-album", Album.class, Page.class);
  static final TypeRef<List<String>> NAMES = new TypeRef<>() {};

  private Thumbnails() {}

  // snippet: publish
  static Page publish(OrchestrationContext ctx, Album album) {
    List<DurableFuture<Integer>> shrinking =
        album.pictures().stream().map(picture -> ctx.call(SHRINK, picture)).toList();
    List<Integer> sizes = ctx.all(shrinking).await(); // in the order of the pictures
    long bytes = sizes.stream().mapToLong(Integer::longValue).sum();
    return new Page(album.name(), sizes.size(), bytes);
  }

  // end

  static MillraceBuilder register(MillraceBuilder builder) {
    return builder.orchestration(PUBLISH, Thumbnails::publish).activity(SHRINK, String::length);
  }
}
