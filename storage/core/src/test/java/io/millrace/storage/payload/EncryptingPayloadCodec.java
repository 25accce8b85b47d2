package io.millrace.storage.payload;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * An example of a codec that wraps another: AES-GCM around the default one. A payload is the
 * marker, a nonce of twelve bytes, and the encrypted payload with its tag of sixteen. Names of
 * types and fields are not encrypted: they stand in {@code payload_types}.
 */
final class EncryptingPayloadCodec implements PayloadCodec {

  static final byte MARKER = (byte) 0xE0;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BYTES = 16;
  private static final int OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

  private final PayloadCodec plain;
  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  EncryptingPayloadCodec(PayloadCodec plain, SecretKey key) {
    this.plain = plain;
    this.key = key;
  }

  @Override
  public byte marker() {
    return MARKER;
  }

  @Override
  public Payload encode(@Nullable Object value, TypeRef<?> declared, int bytesMax) {
    Payload inner = plain.encode(value, declared, bytesMax - OVERHEAD_BYTES);
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(inner.array());
      return Payload.wrap(
          ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
              .put(MARKER)
              .put(nonce)
              .put(sealed)
              .array());
    } catch (GeneralSecurityException failed) {
      throw new PayloadException("cannot encrypt a value of " + declared, failed);
    }
  }

  @Override
  public <T extends @Nullable Object> @Nullable T decode(Payload payload, TypeRef<T> declared) {
    return plain.decode(open(payload), declared);
  }

  @Override
  public void check(TypeRef<?> declared) {
    plain.check(declared);
  }

  @Override
  public String render(Payload payload) {
    return plain.render(open(payload));
  }

  private Payload open(Payload payload) {
    if (payload.size() < OVERHEAD_BYTES) {
      throw new PayloadException(
          "cannot decrypt a payload: expected at least %d bytes, bytes=%d; it is damaged"
              .formatted(OVERHEAD_BYTES, payload.size()));
    }
    byte[] bytes = payload.array();
    byte[] nonce = java.util.Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
    int start = 1 + NONCE_BYTES;
    try {
      return Payload.wrap(
          cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, start, bytes.length - start));
    } catch (GeneralSecurityException | IllegalArgumentException failed) {
      throw new PayloadException(
          "cannot decrypt a payload: it was changed, or written with another key", failed);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
    return cipher;
  }
}
