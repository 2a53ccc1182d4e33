/**
 * Uploads a large file over a connection that is cut again and again, sends it, and gets it back: a process of its own, so that
 * its work is not mistaken for the server's. Takes a JSON `Order`, and writes a line of JSON for each step.
 */
import { createHash } from "node:crypto";
import type { Address } from "../load/load_connection.ts";
import { Client, type Frame } from "./client.ts";

export interface Order {
  readonly address: Address;
  readonly name: string;
  readonly room: string;
  readonly chunks: number;
  readonly cuts: number;
}

export type Step =
  | { readonly step: "uploaded"; readonly cuts: number; readonly seconds: number }
  | { readonly step: "downloaded"; readonly isSame: boolean; readonly seconds: number }
  | { readonly step: "failed"; readonly answer: Frame };

const chunkBytes = 64 * 1024;

/** How many chunks are under way. */
const window = 4;

/** Different chunks, of which the file is made: to make each anew would take longer than to send it. */
const kinds = 61;

async function main(order: Order): Promise<void> {
  const content = new Content(order.chunks);
  const began = performance.now();
  const { cuts, whole } = await upload(order, content);
  if (whole.whole !== true) return tell({ step: "failed", answer: whole });
  tell({ step: "uploaded", cuts, seconds: secondsSince(began) });
  const client = await enter(order);
  const ok = await client.ask({
    type: "send",
    room: order.room,
    text: "",
    files: [whole.file],
    nonce: "large",
  });
  if (ok.type !== "ok") return tell({ step: "failed", answer: ok });
  const downloading = performance.now();
  const digest = await download(client, whole.file, order.chunks);
  tell({ step: "downloaded", isSame: digest === content.digest, seconds: secondsSince(downloading) });
  client.close();
}

/** Random chunks in an order that does not repeat them evenly. */
class Content {
  readonly size: number;
  readonly digest: string;
  readonly #chunks: readonly string[];

  constructor(chunks: number) {
    const kept = Array.from({ length: kinds }, () => crypto.getRandomValues(new Uint8Array(chunkBytes)));
    const hash = createHash("sha256");
    for (let at = 0; at < chunks; at++) hash.update(kept[kindOf(at)] ?? "");
    this.size = chunks * chunkBytes;
    this.digest = hash.digest("base64url");
    this.#chunks = kept.map((chunk) => chunk.toBase64());
  }

  /** In base64. */
  chunk(at: number): string {
    return this.#chunks[kindOf(at)] ?? "";
  }
}

function kindOf(at: number): number {
  return (at * at + 7 * at) % kinds;
}

async function upload(order: Order, content: Content): Promise<{ cuts: number; whole: Frame }> {
  const share = Math.floor(order.chunks / (order.cuts + 1));
  for (let cuts = 0;; cuts++) {
    const client = await enter(order);
    const { size, digest } = content;
    const begun = await client.ask({ type: "upload", room: order.room, name: "large.bin", size, digest });
    if (begun.type !== "upload") return { cuts, whole: begun };
    const end = cuts < order.cuts ? share * (cuts + 1) : order.chunks;
    const last = await putUntil(client, content, begun, end);
    if (last.type !== "upload" || last.whole === true) return { cuts, whole: last };
    // In the middle of a line.
    client.say(
      JSON.stringify({ type: "put", id: "cut", file: begun.file, at: 0, data: content.chunk(0) }).slice(
        0,
        5_000,
      ),
    );
    client.close();
  }
}

/** Resolves with the answer to the last chunk before `end`, or with the first refusal. */
async function putUntil(client: Client, content: Content, begun: Frame, end: number): Promise<Frame> {
  let next = begun.received / chunkBytes, last = begun;
  async function lane(): Promise<void> {
    while (next < end && last.type === "upload") {
      const at = next++;
      const answer = await client.ask({
        type: "put",
        file: begun.file,
        at: at * chunkBytes,
        data: content.chunk(at),
      });
      if (answer?.type !== "upload" || answer.received >= (last.received ?? 0)) {
        last = answer ?? { type: "lost" };
      }
    }
  }
  await Promise.all(Array.from({ length: window }, lane));
  return last;
}

async function download(client: Client, file: string, chunks: number): Promise<string> {
  const hash = createHash("sha256");
  const asked: Promise<Frame>[] = [];
  for (let at = 0, next = 0; at < chunks; at++) {
    while (next < Math.min(chunks, at + window)) {
      asked.push(client.ask({ type: "get", file, at: next++ * chunkBytes }));
    }
    const answer = await asked.shift();
    if (answer?.type !== "chunk") return JSON.stringify(answer);
    hash.update(Uint8Array.fromBase64(answer.data));
  }
  return hash.digest("base64url");
}

async function enter({ address, name }: Order): Promise<Client> {
  const client = await Client.open(address);
  await client.resume(name);
  return client;
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000;
}

function tell(step: Step): void {
  console.log(JSON.stringify(step));
}

if (import.meta.main) {
  await main(JSON.parse(Deno.args[0] ?? ""));
  // A connection that was cut while it wrote would keep the process for minutes.
  Deno.exit(0);
}
