package io.millrace.buffer.internal.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.buffer.Acknowledgement;
import io.millrace.buffer.BackpressureException;
import io.millrace.buffer.Durability;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WaitersTest {

  private final AtomicLong reached = new AtomicLong();
  private final AtomicLong hurried = new AtomicLong();
  private final Waiters waiters = new Waiters(Durability.SYNCED, 3, reached::get, hurried::set);
  private final List<String> heard = new ArrayList<>();

  private Acknowledgement who(String name) {
    return new Acknowledgement() {
      @Override
      public void acknowledged(long position) {
        heard.add(name + position);
      }

      @Override
      public void failed(RuntimeException cause) {
        heard.add(name + cause.getMessage());
      }
    };
  }

  @Test
  void shouldTellInOrderOfPositions() {
    waiters.add(3, who("c"), null);
    waiters.add(1, who("a"), null);
    waiters.add(3, who("d"), null);
    waiters.add(2, who("b"), null);
    reached.set(2);
    waiters.complete();
    assertThat(heard).containsExactly("a1", "b2");
    reached.set(3);
    waiters.complete();
    assertThat(heard).containsExactly("a1", "b2", "c3", "d3");
  }

  @Test
  void r25_shouldHurryTheStageUnlessItIsThere() {
    reached.set(5);
    waiters.add(5, who("a"), null);
    assertThat(heard).containsExactly("a5");
    assertThat(hurried).hasValue(0);
    waiters.add(6, who("b"), null);
    assertThat(hurried).hasValue(6);
  }

  @Test
  void r16_shouldTellARefusalInPlaceOfTheAcknowledgement() {
    waiters.add(1, who("a"), new IllegalArgumentException(" refused"));
    assertThat(heard).isEmpty();
    reached.set(1);
    waiters.complete();
    assertThat(heard).containsExactly("a refused");
  }

  @Test
  void shouldEndForThoseWhoWaitAndThoseWhoCome() {
    waiters.add(1, who("a"), null);
    waiters.end(new IllegalStateException(" over"));
    waiters.end(new IllegalStateException(" again"));
    reached.set(9);
    waiters.add(2, who("b"), null);
    assertThat(heard).containsExactly("a over", "b over");
  }

  @Test
  void i9_shouldAdmitNoMoreThanTheLimit() {
    for (int i = 0; i < 3; i++) {
      waiters.admit();
      waiters.add(1, Acknowledgement.NONE, null);
    }
    assertThatThrownBy(waiters::admit)
        .isInstanceOf(BackpressureException.class)
        .hasMessageContaining("waitersMax=3");
    reached.set(1);
    waiters.complete();
    waiters.admit();
  }

  @Test
  void shouldSurviveAWaiterThatThrows() {
    waiters.add(
        1,
        new Acknowledgement() {
          @Override
          public void acknowledged(long position) {
            throw new IllegalStateException("bad manners");
          }

          @Override
          public void failed(RuntimeException cause) {}
        },
        null);
    waiters.add(1, who("b"), null);
    reached.set(1);
    waiters.complete();
    assertThat(heard).containsExactly("b1");
  }

  @Test
  void shouldMissNobodyWhoComesJustAsThePositionIsReached() throws Exception {
    int rounds = 20_000;
    CountDownLatch told = new CountDownLatch(rounds);
    Acknowledgement counts =
        new Acknowledgement() {
          @Override
          public void acknowledged(long position) {
            told.countDown();
          }

          @Override
          public void failed(RuntimeException cause) {}
        };
    Thread stage =
        new Thread(
            () -> {
              while (told.getCount() > 0 && reached.get() < rounds) {
                if (hurried.get() > reached.get()) {
                  reached.incrementAndGet();
                  waiters.complete();
                }
              }
            });
    stage.start();
    for (int i = 1; i <= rounds; i++) {
      waiters.add(i, counts, null);
    }
    assertThat(told.await(20, TimeUnit.SECONDS)).as("left=%s", told.getCount()).isTrue();
    stage.join();
  }
}
