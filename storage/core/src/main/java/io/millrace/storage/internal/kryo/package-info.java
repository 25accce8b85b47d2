/**
 * The bytes of the domain: hand-written Kryo serializers, one for each type, and the one Kryo that
 * knows them. {@link io.millrace.storage.internal.kryo.RowLayout} is the page to read beside a hex
 * dump.
 *
 * <p>The Kryo here reads nothing but the types that are registered in it under fixed ids: no class
 * name is ever read, no default serializer ever runs. Every length that comes from bytes is checked
 * against the bytes that are left before anything of that length is allocated.
 *
 * <p>Threads: nothing here is thread-safe; a {@link io.millrace.storage.internal.kryo.FormScratch}
 * belongs to one thread.
 */
@NullMarked
package io.millrace.storage.internal.kryo;

import org.jspecify.annotations.NullMarked;
