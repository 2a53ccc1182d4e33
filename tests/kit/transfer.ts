/** Files going up and down over a line client, one chunk after the other. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import type { Frame, LineClient } from "./line_client.ts";
import { seededChance } from "./world.ts";

/** Bytes that nobody packs into fewer, the same for the same seed. */
export function randomBytes(size: number, seed: number = 1): Uint8Array<ArrayBuffer> {
  return seededChance(seed).bytes(size);
}

export function digestOf(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("base64url");
}

/** The request that begins the upload of `bytes`, or goes on with it. */
export function uploadOf(room: string, name: string, bytes: Uint8Array): Frame {
  return { type: "upload", room, name, size: bytes.length, digest: digestOf(bytes) };
}

/** Uploads whatever is not there yet. Returns the last answer. */
export async function uploadTo(
  client: LineClient,
  room: string,
  name: string,
  bytes: Uint8Array,
): Promise<Frame> {
  const begun = await client.ask(uploadOf(room, name, bytes));
  assert.equal(begun.type, "upload", JSON.stringify(begun));
  return await putRest(client, begun, bytes);
}

/** Puts what is missing behind `begun`, the answer to an upload, as far as `until`. Returns the last answer. */
export async function putRest(
  client: LineClient,
  begun: Frame,
  bytes: Uint8Array,
  until: number = bytes.length,
): Promise<Frame> {
  let answer = begun;
  while (!answer.whole && answer.received < until) {
    answer = await client.ask(putOf(begun, bytes, answer.received));
    if (answer.type !== "upload") return answer;
  }
  return answer;
}

export function putOf({ file, chunkBytes }: Frame, bytes: Uint8Array, at: number): Frame {
  return { type: "put", file, at, data: bytes.subarray(at, at + chunkBytes).toBase64() };
}

/** The whole file, or its small picture. */
export async function download(
  client: LineClient,
  file: string,
  preview?: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const chunk = await client.ask({ type: "get", file, at, preview });
    assert.equal(chunk.type, "chunk", JSON.stringify(chunk));
    const bytes = Uint8Array.fromBase64(chunk.data);
    parts.push(bytes);
    at += bytes.length;
    if (at === chunk.size) {
      const whole = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
      assert.equal(digestOf(whole), chunk.digest);
      return whole;
    }
  }
}
