package io.millrace.campaigns.disks;

import io.millrace.buffer.Health.Concern;
import io.millrace.campaigns.BrokenPromiseException;
import io.millrace.campaigns.Campaign;
import io.millrace.campaigns.Folders;
import io.millrace.campaigns.NotRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The whole engine, in a process of its own, on a disk that misbehaves in one way and then heals. A
 * seed says which journal, what of the directory lies on that disk, which file system and how far
 * it goes. What the engine says of itself must be as documented, nothing acknowledged may be lost,
 * and no process may hang or die.
 */
public final class DiskCampaign implements Campaign {

  private final DiskPart part;
  private final Path parent;
  private final Episode episode;
  private final Map<String, Integer> seen = new TreeMap<>();

  /**
   * Makes one.
   *
   * @param part what befalls it
   * @param parent where directories are made; each goes when nothing was broken, and stays to be
   *     looked at otherwise
   * @param length how long a stall, a lock or a snapshot lasts; other parts take no notice
   */
  public DiskCampaign(DiskPart part, Path parent, Duration length) {
    this.part = part;
    this.parent = parent;
    episode =
        switch (part) {
          case FULL -> new FullEpisode(FullEpisode.STEPS);
          case ERRORS -> new ErrorEpisode();
          case STALL -> new StallEpisode(length);
          case LOCK -> new HeldStoreEpisode(true, length);
          case SNAPSHOT -> new HeldStoreEpisode(false, length);
        };
  }

  @Override
  public String name() {
    return "disks " + part.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public Result run(long first, long count, Listener listener) throws Exception {
    seen.clear();
    long acknowledged = 0;
    for (long seed = first; seed < first + count; seed++) {
      Path place = parent.resolve(name().replace(' ', '-') + "-" + seed);
      Files.createDirectories(place);
      acknowledged += one(seed, place.toRealPath());
      Folders.remove(place);
      listener.done(seed - first + 1, acknowledged);
    }
    return new Result(count, acknowledged, "episodes that met: " + seen);
  }

  private long one(long seed, Path place) throws IOException, InterruptedException {
    try {
      Episode.Report report = episode.run(seed, place);
      for (Concern concern : report.concerns()) {
        if (concern != Concern.NONE) {
          seen.merge(concern.name(), 1, Integer::sum);
        }
      }
      report.others().forEach(other -> seen.merge(other, 1, Integer::sum));
      return report.acknowledged();
    } catch (NotRunException e) {
      Folders.remove(place);
      throw e;
    } catch (BrokenPromiseException e) {
      throw new BrokenPromiseException("seed=" + seed + " " + e.getMessage(), e);
    }
  }
}
