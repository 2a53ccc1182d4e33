import { statfs } from "node:fs/promises";

/** Of a file system, in bytes. */
export interface Space {
  /** What this user may still take. */
  readonly free: number;
  readonly total: number;
}

export async function spaceOf(directory: string): Promise<Space> {
  const { bsize, bavail, blocks } = await statfs(directory);
  return { free: bavail * bsize, total: blocks * bsize };
}

const reserveBytesMin = 1024 ** 3;
const reserveShare = 0.05;

/** What files leave of it for messages, in bytes. */
export function reserveOf({ total }: Space): number {
  return Math.max(reserveBytesMin, total * reserveShare);
}
