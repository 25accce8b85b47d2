package io.millrace.docs

import io.millrace.engine.Activity
import io.millrace.engine.Millrace
import io.millrace.engine.Orchestration
import io.millrace.storage.payload.KryoPayloadCodec
import io.millrace.storage.payload.PayloadException
import io.millrace.storage.payload.PayloadTypes
import io.millrace.storage.payload.Payloads
import io.millrace.storage.payload.TypeRef
import java.math.BigDecimal
import java.time.Duration
import java.time.Instant
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.Test

/** Kotlin's data classes as payloads, as Kotlin's own compiler writes them. */
class KotlinPayloadTest {

  enum class Currency {
    EUR,
    CHF
  }

  data class Money(val cents: Long, val currency: Currency)

  data class Line(val sku: String, val count: Int, val price: Money, val note: String?)

  data class Order(
    val id: String,
    val placedAt: Instant,
    val lines: List<Line>,
    val labels: Map<String, String>,
    val discount: BigDecimal? = null,
    val express: Boolean = false,
    val sizes: IntArray = intArrayOf(),
  ) {
    override fun equals(other: Any?) =
      other is Order &&
        id == other.id &&
        placedAt == other.placedAt &&
        lines == other.lines &&
        labels == other.labels &&
        discount == other.discount &&
        express == other.express &&
        sizes.contentEquals(other.sizes)

    override fun hashCode() = id.hashCode()
  }

  data class Changing(var first: String, var second: Int)

  data class Same(val one: String, val other: String, internal val third: String)

  @JvmInline value class Tag(val text: String)

  data class Tagged(val tag: Tag)

  data class Computed(val first: String) {
    val second = first.length
  }

  sealed interface Payment

  data class Card(val number: String) : Payment

  data class Invoice(val days: Int) : Payment

  data class Receipt(val payment: Payment, val tags: Set<String>, val pair: List<List<Int?>>)

  private val payloads = payloads()

  private fun payloads(): Payloads {
    val types = PayloadTypes(emptyList())
    return Payloads(types, KryoPayloadCodec(types), emptyList(), 1 shl 20)
  }

  private inline fun <reified T : Any> roundTrip(value: T): T {
    val type = object : TypeRef<T>() {}
    return payloads.decode(payloads.encode(value, type), type)!!
  }

  private fun order() =
    Order(
      "o-1",
      Instant.parse("2026-01-02T03:04:05.006Z"),
      listOf(
        Line("größe", 2, Money(1_999, Currency.CHF), null),
        Line("b", 1, Money(1, Currency.EUR), "fragile"),
      ),
      mapOf("a" to "1", "b" to "2"),
      BigDecimal("0.10"),
      true,
      intArrayOf(1, 2),
    )

  @Test
  fun shouldReadBackADataClassOfDataClasses() {
    assertThat(roundTrip(order())).isEqualTo(order())
  }

  @Test
  fun shouldReadBackWhatWasLeftToItsDefault() {
    val plain = Order("o-2", Instant.EPOCH, emptyList(), emptyMap())

    assertThat(roundTrip(plain)).isEqualTo(plain)
  }

  @Test
  fun shouldReadBackADataClassWithVariables() {
    assertThat(roundTrip(Changing("a", 1))).isEqualTo(Changing("a", 1))
  }

  @Test
  fun shouldKeepPropertiesOfOneTypeApart() {
    assertThat(roundTrip(Same("1", "2", "3"))).isEqualTo(Same("1", "2", "3"))
  }

  @Test
  fun shouldReadBackASealedFamily() {
    val receipt =
      Receipt(Card("4111"), setOf("x", "y"), listOf(listOf(1, null), listOf()))

    assertThat(roundTrip(receipt)).isEqualTo(receipt)
    assertThat(roundTrip(Receipt(Invoice(30), setOf(), listOf())).payment).isEqualTo(Invoice(30))
  }

  @Test
  fun shouldRefuseWhatNoConstructorTakes() {
    assertThatThrownBy { roundTrip(Tagged(Tag("x"))) }
      .isInstanceOf(PayloadException::class.java)
      .hasMessageContaining("KotlinPayloadTest\$Tagged")
    assertThatThrownBy { roundTrip(Computed("x")) }
      .isInstanceOf(PayloadException::class.java)
      .hasMessageContaining("KotlinPayloadTest\$Computed")
  }

  @Test
  fun shouldRunAnOrchestrationOverDataClasses() {
    val price = Activity.named("price", Order::class.java, Money::class.java)
    val checkout = Orchestration.named("checkout", Order::class.java, Receipt::class.java)
    Millrace.inMemory()
      .activity(price) { order -> Money(order.lines.sumOf { it.count * it.price.cents }, Currency.CHF) }
      .orchestration(checkout) { ctx, order ->
        val total = ctx.call(price, order).await()
        Receipt(Card(total.toString()), order.labels.keys, listOf())
      }
      .open()
      .use { millrace ->
        val receipt = millrace.start(checkout, "one", order()).result(Duration.ofSeconds(20))

        assertThat(receipt)
          .isEqualTo(
            Receipt(Card("Money(cents=3999, currency=CHF)"), setOf("a", "b"), listOf())
          )
      }
  }
}
