package io.millrace.buffer.internal.directory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryPlaceTest {

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "NFS", "cifs", "smb2", "smbfs", "fuse.sshfs", "9p"})
  void shouldRefuseNetworkFileSystems(String type) {
    assertThat(DirectoryPlace.isNetwork(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "apfs", "NTFS", "fuseblk"})
  void shouldTakeLocalFileSystems(String type) {
    assertThat(DirectoryPlace.isNetwork(type)).isFalse();
  }
}
