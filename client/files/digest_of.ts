import { createHash } from "node:crypto";
import type { Transfer } from "./transfer.ts";

const blockBytes = 256 * 1024;

/** The SHA-256 of an open file of `size` bytes, from its beginning, in base64url. It is never in memory as a whole. */
export async function digestOf(
  file: Deno.FsFile,
  size: number,
  { signal, tell }: Pick<Transfer, "signal" | "tell">,
): Promise<string> {
  const hash = createHash("sha256");
  const block = new Uint8Array(blockBytes);
  file.seekSync(0, Deno.SeekMode.Start);
  for (let done = 0; done < size;) {
    signal?.throwIfAborted();
    const count = await file.read(block);
    if (count === null) break;
    hash.update(block.subarray(0, count));
    done += count;
    tell?.({ step: "checking", done, total: size });
  }
  return hash.digest("base64url");
}
