#!/usr/bin/env bash
# Disks that misbehave when they are told to. Each is mounted on DIR/disk.
#   disks.sh tmpfs DIR SIZE    a small file system in memory
#   disks.sh ext4 DIR SIZE     a small ext4
#   disks.sh faulty DIR SIZE   ext4 on a disk whose writes fail while DIR/inject is there, and which stands still when stalled
#   disks.sh stall DIR | go DIR
#   disks.sh remount DIR       unmounts it, which forgets what was cached, checks the file system, mounts it again
#   disks.sh bind FROM TO | unbind TO
#   disks.sh gone DIR          takes everything away again, whatever it was
# Needs root and loop devices, "faulty" FUSE too; installs nbdkit and libnbd-bin from Debian. Exits with 77, and says why, where that
# is lacking.
set -euo pipefail
what=$1 dir=$2
lacking() { echo "$1"; exit 77; }
root() { [ "$(id -u)" = 0 ] || lacking "needs root, to mount"; }
format() { # a device
  mkfs.ext4 -q -F -m 0 -E lazy_itable_init=0,lazy_journal_init=0 -J size=4 "$1" || lacking "mkfs.ext4 does not work"
  mount -t ext4 "$1" "$dir/disk" || lacking "cannot mount ext4"
}
let_go() { # a mount point; a killed process may hold it a little longer
  for _ in $(seq 100); do
    mountpoint -q "$1" || return 0
    umount "$1" 2>/dev/null && return 0
    sleep 0.1
  done
  umount "$1"
}
case $what in
tmpfs)
  root
  mkdir -p "$dir/disk"
  mount -t tmpfs -o "mode=0700,size=$3" tmpfs "$dir/disk" || lacking "cannot mount tmpfs"
  ;;
ext4)
  root
  mkdir -p "$dir/disk"
  truncate -s "$3" "$dir/disk.img"
  losetup -f --show "$dir/disk.img" > "$dir/loop" || lacking "needs a free loop device"
  format "$(cat "$dir/loop")"
  ;;
faulty)
  root
  [ -e /dev/fuse ] || lacking "needs /dev/fuse"
  if ! command -v nbdkit >/dev/null || ! command -v nbdfuse >/dev/null; then
    DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends nbdkit libnbd-bin >/dev/null 2>&1 \
      || lacking "cannot install nbdkit and libnbd-bin from Debian"
  fi
  mkdir -p "$dir/disk" "$dir/fuse"
  # 4: of how many writes, in percent, the disk fails while it does.
  nbdkit -U "$dir/n.sock" -P "$dir/nbdkit.pid" --filter=error memory "$3" \
    error=EIO "error-pwrite-rate=$4%" "error-file=$dir/inject" >/dev/null 2>&1 </dev/null || lacking "nbdkit does not start"
  nbdfuse "$dir/fuse/nbd" --unix "$dir/n.sock" >/dev/null 2>&1 </dev/null &
  echo $! > "$dir/nbdfuse.pid"
  for _ in $(seq 100); do [ -s "$dir/fuse/nbd" ] && break; sleep 0.1; done
  losetup -f --show "$dir/fuse/nbd" > "$dir/loop" || lacking "no loop device over FUSE"
  format "$(cat "$dir/loop")"
  ;;
stall) kill -STOP "$(cat "$dir/nbdkit.pid")" ;;
go) kill -CONT "$(cat "$dir/nbdkit.pid")" ;;
remount)
  let_go "$dir/disk"
  e2fsck -fy "$(cat "$dir/loop")" || [ $? -le 1 ]
  mount -t ext4 "$(cat "$dir/loop")" "$dir/disk"
  ;;
bind) mount --bind "$2" "$3" ;;
unbind) let_go "$2" ;;
gone)
  [ -s "$dir/nbdkit.pid" ] && kill -CONT "$(cat "$dir/nbdkit.pid")" 2>/dev/null || true
  umount -l "$dir/disk" 2>/dev/null || true
  [ -s "$dir/loop" ] && losetup -d "$(cat "$dir/loop")" 2>/dev/null || true
  umount -l "$dir/fuse" 2>/dev/null || umount -l "$dir/fuse/nbd" 2>/dev/null || true
  [ -s "$dir/nbdfuse.pid" ] && kill "$(cat "$dir/nbdfuse.pid")" 2>/dev/null || true
  [ -s "$dir/nbdkit.pid" ] && kill "$(cat "$dir/nbdkit.pid")" 2>/dev/null || true
  rm -f "$dir/disk.img" "$dir/n.sock" "$dir/loop" "$dir/nbdkit.pid" "$dir/nbdfuse.pid"
  ;;
esac
