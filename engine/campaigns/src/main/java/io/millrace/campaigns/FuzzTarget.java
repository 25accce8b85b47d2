package io.millrace.campaigns;

import io.millrace.buffer.internal.journal.JournalSetup;
import io.millrace.buffer.internal.journal.Salvage;
import io.millrace.buffer.internal.segment.SegmentName;
import io.millrace.buffer.internal.stage.RecordBody;
import io.millrace.buffer.settings.Settings;
import io.millrace.buffer.settings.SettingsException;
import io.millrace.buffer.testing.ForgetfulSegments;
import io.millrace.engine.Millrace;
import io.millrace.engine.internal.HistoryFile;
import io.millrace.engine.internal.Ids;
import io.millrace.storage.FormKey;
import io.millrace.storage.MalformedMutationException;
import io.millrace.storage.RecordId;
import io.millrace.storage.orchestration.BodyCodec;
import io.millrace.storage.orchestration.PayloadTypeRow;
import io.millrace.storage.orchestration.RowMutationCodec;
import io.millrace.storage.payload.KryoPayloadCodec;
import io.millrace.storage.payload.Payload;
import io.millrace.storage.payload.PayloadException;
import io.millrace.storage.payload.PayloadText;
import io.millrace.storage.payload.PayloadTypes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The decoders, each fed with bytes that nobody wrote: it reads them or refuses them with its own
 * exception, and nothing else, in little memory.
 */
public enum FuzzTarget {
  /** Frames, headers and records of a journal segment, as salvage reads them. */
  JOURNAL {
    @Override
    void decode(byte[] bytes) throws IOException {
      ForgetfulSegments disk =
          ForgetfulSegments.holding(Map.of(new SegmentName(1, 1), bytes), 64 << 10, 4 << 10);
      Salvage.of(new JournalSetup(disk, new UUID(1, 2), () -> 3, 8 << 10), RecordId.NONE);
    }
  },
  /** A record's mutations, rows of every table among them. */
  RECORD {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      RecordBody.decode(
          bytes, 0, bytes.length, RowMutationCodec.factory().newCodec(), mutation -> {});
    }
  },
  /** One row mutation. */
  ROW {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      var unused = RowMutationCodec.factory().newCodec().decode(bytes, 0, bytes.length);
    }
  },
  /** The key of a row mutation, read without the rest. */
  KEY {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      if (RowMutationCodec.factory().newCodec() instanceof RowMutationCodec codec) {
        codec.readKey(bytes, 0, bytes.length, new FormKey());
      }
    }
  },
  /** The events of a turn, as the store keeps them. */
  EVENTS {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      var unused = new BodyCodec().decodeEvents(bytes);
    }
  },
  /** A message of an inbox, as the store keeps it. */
  MESSAGE {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      var unused = new BodyCodec().decodeMessage(bytes);
    }
  },
  /** A failure, as the store keeps it. */
  FAILURE {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      var unused = new BodyCodec().decodeFailure(bytes);
    }
  },
  /** Attributes, as the store keeps them. */
  ATTRIBUTES {
    @Override
    void decode(byte[] bytes) throws MalformedMutationException {
      var unused = new BodyCodec().decodeKeyValues(bytes);
    }
  },
  /** A payload, shown without its classes. */
  PAYLOAD {
    @Override
    void decode(byte[] bytes) throws PayloadException {
      if (bytes.length > 0) {
        // Another codec's payload would not be looked into.
        bytes[0] = KryoPayloadCodec.MARKER;
        var unused = PayloadText.render(Payload.wrap(bytes), PayloadTypes.empty());
      }
    }
  },
  /** The rows of an exported history, its checksum set right so that what it covers is read. */
  HISTORY {
    @Override
    void decode(byte[] bytes) {
      ByteBuffer file = ByteBuffer.allocate(HISTORY_FRAME_BYTES + bytes.length);
      file.putLong(HISTORY_MAGIC).putInt(1).put(bytes);
      CRC32C checksum = new CRC32C();
      checksum.update(file.array(), 0, file.position());
      file.putInt((int) checksum.getValue());
      try {
        var unused = HistoryFile.read(file.array());
      } catch (IllegalArgumentException refused) {
        throw new Refused(refused);
      }
    }
  },
  /** A type's descriptor, as the directory keeps it, by which a payload is read. */
  DESCRIPTOR {
    @Override
    void decode(byte[] bytes) throws PayloadException {
      if (bytes.length > 0) {
        bytes[0] = DESCRIPTOR_MARKER;
        Payload descriptor = Payload.wrap(bytes);
        PayloadTypes types = new PayloadTypes(List.of(new PayloadTypeRow(1, "fuzzed", descriptor)));
        var unused = PayloadText.render(Payload.wrap(RECORD_OF_TYPE_ONE.clone()), types);
      }
    }
  },
  /** A file of settings, each line set on the builder of an engine. */
  SETTINGS {
    @Override
    void decode(byte[] bytes) {
      try {
        Settings given = Settings.parse(new String(bytes, StandardCharsets.UTF_8), "fuzzed");
        var unused = Millrace.builder(Path.of("never-opened")).settings(given);
      } catch (SettingsException refused) {
        throw new Refused(refused);
      }
    }
  },
  /** An identifier that a caller brings. */
  IDENTIFIER {
    @Override
    void decode(byte[] bytes) {
      try {
        var unused = Ids.require(new String(bytes, StandardCharsets.UTF_16BE), 64);
      } catch (IllegalArgumentException refused) {
        throw new Refused(refused);
      }
    }
  };

  private static final long HISTORY_MAGIC = 0x4D49_4C4C_4849_5354L;
  private static final int HISTORY_FRAME_BYTES = 16;
  private static final byte DESCRIPTOR_MARKER = 'D';

  /** A record of the type that has the number 1, as the golden payloads have it. */
  private static final byte[] RECORD_OF_TYPE_ONE =
      HexFormat.of().parseHex("4b500101036f0e0000c03f02010361040102036b020102");

  abstract void decode(byte[] bytes) throws Exception;

  /**
   * Feeds it; the bytes may be changed.
   *
   * @return whether it read the bytes; false if it refused them as it may
   */
  public boolean feed(byte[] bytes) {
    try {
      decode(bytes);
      return true;
    } catch (MalformedMutationException | PayloadException | Refused refused) {
      return false;
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("refused with an exception that is not its own", e);
    }
  }

  /** A refusal by an exception that only this decoder may refuse with. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(IllegalArgumentException cause) {
      super(cause);
    }
  }
}
