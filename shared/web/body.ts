import { Refusal } from "../protocol/mod.ts";

/** The text of a request's body. Throws `too_large` as soon as it has more than `bytesMax` bytes, `bad_frame` where it is no UTF-8. */
export async function readBody(request: Request, bytesMax: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > bytesMax) throw new Refusal("too_large", `A body may have at most ${bytesMax} bytes here`);
    chunks.push(chunk);
  }
  return decode(chunks);
}

function decode(chunks: readonly Uint8Array[]): string {
  const utf8 = new TextDecoder("utf-8", { fatal: true });
  try {
    return chunks.map((chunk) => utf8.decode(chunk, { stream: true })).join("") + utf8.decode();
  } catch {
    throw new Refusal("bad_frame", "The body is not valid UTF-8");
  }
}
