#!/usr/bin/env bash
# A disk that writes down everything that reaches it, flushes included, and can lose its power.
#   powercut.sh start DIR   makes DIR/log.img (what reaches the disk) and mounts the disk, ext4, on DIR/disk
#   powercut.sh cut DIR     cuts the power and takes everything away but the log
# Needs root, loop devices and FUSE; installs qemu-utils and libnbd-bin from Debian. Exits with 77, and says why, where that is lacking.
set -euo pipefail
what=$1 dir=$2
lacking() { echo "$1"; exit 77; }
case $what in
start)
  [ "$(id -u)" = 0 ] || lacking "needs root"
  [ -e /dev/fuse ] || lacking "needs /dev/fuse"
  losetup -f >/dev/null 2>&1 || lacking "needs a free loop device"
  if ! command -v qemu-nbd >/dev/null || ! command -v nbdfuse >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends qemu-utils libnbd-bin >/dev/null 2>&1 \
      || lacking "cannot install qemu-utils and libnbd-bin from Debian"
  fi
  mkdir -p "$dir/fuse" "$dir/disk"
  truncate -s 128M "$dir/disk.img"
  : > "$dir/log.img"
  qemu-nbd -t -k "$dir/n.sock" --fork --pid-file "$dir/qemu.pid" --image-opts \
    "driver=blklogwrites,file.driver=file,file.filename=$dir/disk.img,log.driver=file,log.filename=$dir/log.img,log-sector-size=512" \
    >/dev/null 2>&1 </dev/null || lacking "qemu-nbd does not start"
  nbdfuse "$dir/fuse/nbd" --unix "$dir/n.sock" >/dev/null 2>&1 </dev/null &
  echo $! > "$dir/nbdfuse.pid"
  for _ in $(seq 100); do [ -s "$dir/fuse/nbd" ] && break; sleep 0.1; done
  losetup -f --show "$dir/fuse/nbd" > "$dir/loop" || lacking "no loop device over FUSE"
  mkfs.ext4 -q -F -E lazy_itable_init=0,lazy_journal_init=0 -J size=4 "$(cat "$dir/loop")" || lacking "mkfs.ext4 does not work"
  mount -t ext4 "$(cat "$dir/loop")" "$dir/disk" || lacking "cannot mount"
  ;;
cut)
  [ -s "$dir/qemu.pid" ] && kill -9 "$(cat "$dir/qemu.pid")" 2>/dev/null || true
  umount -l "$dir/disk" 2>/dev/null || true
  [ -s "$dir/loop" ] && losetup -d "$(cat "$dir/loop")" 2>/dev/null || true
  umount -l "$dir/fuse" 2>/dev/null || umount -l "$dir/fuse/nbd" 2>/dev/null || true
  [ -s "$dir/nbdfuse.pid" ] && kill "$(cat "$dir/nbdfuse.pid")" 2>/dev/null || true
  rm -f "$dir/disk.img" "$dir/n.sock"
  ;;
esac
