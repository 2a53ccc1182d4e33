/** Reading files back, chunk by chunk. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { KeptFile } from "../store/mod.ts";
import { readableFile } from "./file_rights.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";

/** The bytes from a place on, to the end of their block. */
export async function get(hub: Hub, guest: Guest, request: Request<"get">): Promise<void> {
  const { file, at, preview = false } = request;
  const kept = readableFile(hub, guest.account, file);
  const { size, digest } = wanted(kept, preview);
  if (at >= size) throw new Refusal("bad_request", `The file has ${size} bytes: "at" must be below that`);
  const bytes = await hub.uploads.track(read(hub, kept, size, at, preview));
  guest.answer({ type: "chunk", re: request.id, file, at, data: bytes.toBase64(), size, digest });
}

function wanted({ content }: KeptFile, preview: boolean): { readonly size: number; readonly digest: string } {
  if (!preview) return content;
  if (content.preview !== undefined) return content.preview;
  throw new Refusal("no_such_file", "There is no small picture of this file. Get the file itself");
}

async function read(
  hub: Hub,
  { file, content: { place, key } }: KeptFile,
  size: number,
  at: number,
  preview: boolean,
): Promise<Uint8Array> {
  const content = { place, key, size };
  try {
    return preview ? await hub.contents.readPreview(content, at) : await hub.contents.read(content, at);
  } catch (error) {
    hub.world.log.error("file_damaged", {
      file: file.id,
      reason: error instanceof Error ? error.message : String(error),
    });
    throw new Refusal("no_such_file", "The file is damaged on the server's disk and cannot be read");
  }
}
