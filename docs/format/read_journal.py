#!/usr/bin/env python3
"""Prints the headers of a Millrace journal as JSON, by docs/format/journal.md alone.

    read_journal.py DIR [--marks]

It takes what `./millrace inspect DIR journal --json` takes, and prints the same: proof that the page is enough to write
a reader in another language. Standard library only. It reads and judges nothing; `./millrace verify DIR` judges.
"""

import json
import os
import struct
import sys

MAGIC = bytes.fromhex("9e4d524a")
HEADER, RECORD, MARK = 1, 2, 3
FRAME = struct.Struct("<4sIIBBHqq")  # magic, checksum, length, kind, version, part, position, synced
VERSIONS = (1, 2)
BODY_MAX = (1 << 20) - FRAME.size


def crc32c_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = crc32c_table()


def crc32c(*chunks):
    crc = 0xFFFFFFFF
    for chunk in chunks:
        for byte in chunk:
            crc = TABLE[(crc ^ byte) & 0xFF] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


class Frame:
    """One verified frame."""

    def __init__(self, offset, fields, body):
        _, self.checksum, _, self.kind, self.version, part, self.position, self.synced = fields
        self.offset, self.body = offset, body
        self.part, self.last = part & 0x7FFF, bool(part & 0x8000)
        self.end = offset + FRAME.size + (len(body) + 3) // 4 * 4


def frame_at(data, offset, nonce):
    """The frame at an offset, or None. A header is checked without the nonce, which it carries."""
    if offset + FRAME.size > len(data):
        return None
    fields = FRAME.unpack_from(data, offset)
    length, kind, version = fields[2:5]
    end = offset + FRAME.size + length
    if kind not in (HEADER, RECORD, MARK) or version not in VERSIONS or length > BODY_MAX or end > len(data):
        return None
    body = data[offset + FRAME.size : end]
    seed = b"" if kind == HEADER else nonce
    if seed is None or crc32c(seed, data[offset + 8 : offset + FRAME.size], body) != fields[1]:
        return None
    return Frame(offset, fields, body)


def frames(data, nonce=None):
    """All frames of a file: found at every fourth byte, and jumped over once verified."""
    offset = data.find(MAGIC)
    while offset >= 0:
        frame = frame_at(data, offset, nonce) if offset % 4 == 0 else None
        if frame is None:
            offset = data.find(MAGIC, offset + 1)
            continue
        if frame.kind == HEADER and nonce is None:
            nonce = frame.body[24:32]
        yield frame
        offset = data.find(MAGIC, frame.end)


def segment_entry(name, header, length):
    epoch, _, number, _, predecessor, _, copied = struct.unpack_from("<q8sIIqqq", header.body, 16)
    return {
        "type": "segment",
        "file": name,
        "offset": header.offset,
        "epoch": epoch,
        "number": number,
        "predecessor": predecessor,
        "copiedThrough": copied,
        "synced": header.synced,
        "bytes": length,
    }


def entries(name, data, marks):
    """What a file holds; nothing if it was made ahead and not begun."""
    begun = False
    parts = []
    for frame in frames(data):
        if not begun and frame.kind != HEADER:
            return
        if frame.kind == HEADER:
            if not begun:
                yield segment_entry(name, frame, len(data))
            begun = True
        elif frame.kind == MARK:
            if marks:
                yield {"type": "mark", "offset": frame.offset, "synced": frame.synced}
        else:
            if frame.part == 0:
                parts = []
            parts.append(frame)
            whole = [p.part for p in parts] == list(range(len(parts))) and len({p.position for p in parts}) == 1
            if frame.last and whole:
                yield record_entry(parts)
                parts = []


def record_entry(parts):
    checksum = 0
    for part in parts:
        checksum = (31 * checksum + part.checksum) & 0xFFFFFFFF
    return {
        "type": "record",
        "position": parts[0].position,
        "offset": parts[0].offset,
        "bytes": sum(len(part.body) for part in parts),
        "frames": len(parts),
        "checksum": format(checksum, "08x"),
        "synced": parts[-1].synced,
    }


def files(journal):
    """The journal's files, generation by generation; the folders' other files are the fillings' own."""
    for generation in sorted(os.listdir(journal)):
        folder = os.path.join(journal, generation)
        if generation.isdigit() and os.path.isdir(folder):
            for name in os.listdir(folder):
                if name.endswith((".seg", ".cq4")):
                    yield os.path.join(generation, name)


def read(journal, marks):
    """What all files hold, in the order in which they were written, which the headers know: not the names."""
    begun = []
    for name in files(journal):
        with open(os.path.join(journal, name), "rb") as file:
            begun.append(list(entries(name, file.read(), marks)))
    begun = sorted((found for found in begun if found), key=lambda found: (found[0]["epoch"], found[0]["number"]))
    return [entry for found in begun for entry in found]


def main(arguments):
    directories = [a for a in arguments if not a.startswith("--")]
    if len(directories) != 1 or set(arguments) - set(directories) - {"--marks"}:
        sys.exit(__doc__)
    journal = os.path.join(directories[0], "journal")
    if not os.path.isdir(journal):
        sys.exit(f"read_journal: no journal in it: directory={directories[0]}")
    json.dump(read(journal, "--marks" in arguments), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main(sys.argv[1:])
