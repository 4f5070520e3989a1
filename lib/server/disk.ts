/** How full the data dir's disk is: told before it is too late, on the log and to administrators. */
import { statfs } from "node:fs/promises";

/** From this share on people are told. */
const WARN_AT = 0.85;

/** In words for an administrator; null while there is room, and where there is no data dir to ask about. */
export async function diskWarning(dataDir = process.env.GLOSS_DATA_DIR): Promise<string | null> {
  if (!dataDir) return null;
  const disk = await statfs(dataDir).catch(() => null);
  return disk && disk.blocks > 0 ? warningFor(disk) : null;
}

/** `bavail` counts what an ordinary account may still take, as `df` does. */
export function warningFor(disk: {
  readonly blocks: number;
  readonly bfree: number;
  readonly bavail: number;
  readonly bsize: number;
}) {
  const used = disk.blocks - disk.bfree;
  const share = used / (used + disk.bavail);
  if (share < WARN_AT) return null;
  const left = (disk.bavail * disk.bsize) / 1024 ** 2;
  return `The disk with Gloss's data is ${Math.floor(share * 100)} % full; ${Math.floor(left)} MB are left. Make room before writing stops.`;
}

type Disk = { readonly blocks: number; readonly bavail: number; readonly bsize: number };

/** Whether others can go on writing: a fiftieth of the disk, and half a gigabyte in any case, is left to them. */
export const leavesRoom = ({ blocks, bavail, bsize }: Disk): boolean =>
  bavail * bsize >= Math.max(blocks * bsize * 0.02, 512 * 1024 ** 2);

/** For who is about to put more of somebody else's bytes there; a disk that says nothing is one with room. */
export async function hasRoom(folder: string): Promise<boolean> {
  const disk = await statfs(folder).catch(() => null);
  return !disk || disk.blocks === 0 || leavesRoom(disk);
}
