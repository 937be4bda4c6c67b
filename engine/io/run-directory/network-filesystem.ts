import { statfsSync } from "node:fs";

/**
 * Whether a path lies on a network file system, where locks and fsync can't be relied on. Told by the type that Linux's
 * statfs gives (include/uapi/linux/magic.h and each file system's own sources); false on other systems, whose numbers
 * mean other things. FUSE is one type for local and remote alike, so that sshfs can't be told and counts as local.
 *
 * @throws Error of the file system where the path is not there.
 */
export function isNetworkFilesystem(path: string): boolean {
  return process.platform === "linux" && isNetworkType(statfsSync(path).type);
}

/** @param type the number that statfs gives; some systems give its low 32 bits as negative. */
export function isNetworkType(type: number): boolean {
  return NETWORK_TYPES.has(type >>> 0);
}

const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x00c36400, // Ceph
  0x0bd00bd0, // Lustre
  0x47504653, // GPFS
  0x5346414f, // AFS
  0x6b414653, // kAFS
  0x01021997, // 9P
  0x564c, // NCP
  0x73757245, // Coda
  0x19830326, // BeeGFS
  0xaad7aaea, // PanFS
]);
