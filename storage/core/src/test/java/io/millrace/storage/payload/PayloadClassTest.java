package io.millrace.storage.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Classes that are no records: how their objects are made. */
final class PayloadClassTest {

  private final Payloads payloads = Payloads.kryo(PayloadTypes.empty());

  @Test
  void shouldMakeAnImmutableClassByTheConstructorThatNamesItsFields() {
    Money money = new Money(List.of("CHF"), 7);

    assertThat(roundTrip(money, TypeRef.of(Money.class))).isEqualTo(money);
  }

  @Test
  void shouldMakeAKotlinDataClassByTheOrderOfItsProperties() {
    Data data = new Data("a", 1, "b");

    assertThat(roundTrip(data, TypeRef.of(Data.class))).isEqualTo(data);
  }

  @Test
  void shouldReadAClassAsARecordAndBack() {
    TypeRef<Money> money = TypeRef.of(Money.class);
    TypeRef<Amount> amount = TypeRef.of(Amount.class);

    Payload payload = payloads.encode(new Amount(7, List.of("CHF")), amount);

    assertThat(payloads.decode(payload, money)).isEqualTo(new Money(List.of("CHF"), 7));
  }

  private <T> T roundTrip(T value, TypeRef<T> type) {
    return Objects.requireNonNull(payloads.decode(payloads.encode(value, type), type));
  }

  private record Amount(int cents, List<String> currencies) {}

  /** The parameters are in another order than the fields, and the test is compiled with names. */
  private static final class Money {
    private final int cents;
    private final List<String> currencies;

    private Money(List<String> currencies, int cents) {
      this.cents = cents;
      this.currencies = currencies;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Money that
          && cents == that.cents
          && currencies.equals(that.currencies);
    }

    @Override
    public int hashCode() {
      return Objects.hash(cents, currencies);
    }
  }

  /** As Kotlin's compiler would write it, but for the names of the parameters. */
  @kotlin.Metadata
  private static final class Data {
    private final String first;
    private final int second;
    private final String third;

    private Data(String one, int two, String three) {
      first = one;
      second = two;
      third = three;
    }

    @SuppressWarnings("unused")
    String component1() {
      return first;
    }

    @SuppressWarnings("unused")
    int component2() {
      return second;
    }

    @SuppressWarnings("unused")
    String component3() {
      return third;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Data that
          && second == that.second
          && first.equals(that.first)
          && third.equals(that.third);
    }

    @Override
    public int hashCode() {
      return Objects.hash(first, second, third);
    }
  }
}
