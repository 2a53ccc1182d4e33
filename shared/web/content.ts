import { type Answer, Refusal } from "../protocol/mod.ts";
import type { Backing } from "./backing.ts";
import { Errand } from "./errand.ts";
import { contentHeaders } from "./headers.ts";

/** Which content somebody wants, and as whom. */
export interface Wanted {
  readonly file: string;
  /** Its small picture instead of itself. */
  readonly preview: boolean;
  readonly token: string;
  readonly address: string;
}

/**
 * The content of a file, or the rest of it from where a download broke off (RFC 9110, section 14). Rejects with a Refusal
 * where it is not there, or not for whoever asks.
 */
export async function content(backing: Backing, request: Request, wanted: Wanted): Promise<Response> {
  const errand = new Errand(backing, wanted.address);
  try {
    await errand.ask({ type: "resume", token: wanted.token, deaf: true });
    const first = await get(errand, wanted, 0);
    const from = startOf(request, first);
    const headers = headersOf(first, wanted, from);
    if (request.method === "HEAD") {
      errand.end();
      return new Response(null, { status: from === 0 ? 200 : 206, headers });
    }
    const body = new ReadableStream(new Chunks(errand, wanted, from, from === 0 ? first : undefined));
    return new Response(body, { status: from === 0 ? 200 : 206, headers });
  } catch (error) {
    errand.end();
    throw error;
  }
}

async function get(errand: Errand, { file, preview }: Wanted, at: number): Promise<Answer<"chunk">> {
  const answer = await errand.ask({ type: "get", file, at, preview });
  if (answer.type === "chunk") return answer;
  throw new Refusal("internal", "The server gave something else than a file");
}

/** Where the bytes begin that are asked for: only the rest from somewhere on is served in part, and only of what it was. */
function startOf(request: Request, { size, digest }: Answer<"chunk">): number {
  const [, from] = /^bytes=(\d{1,15})-$/.exec(request.headers.get("range") ?? "") ?? [];
  const condition = request.headers.get("if-range");
  if (from === undefined || (condition !== null && condition !== tagOf(digest))) return 0;
  return Number(from) < size ? Number(from) : 0;
}

function headersOf({ size, digest, data }: Answer<"chunk">, { preview }: Wanted, from: number): Headers {
  const headers = new Headers(contentHeaders);
  const picture = pictureType(Uint8Array.fromBase64(data.slice(0, 16)));
  headers.set("content-type", picture ?? "application/octet-stream");
  if (picture === undefined || !preview) headers.set("content-disposition", "attachment");
  headers.set("content-length", String(size - from));
  headers.set("accept-ranges", "bytes");
  headers.set("etag", tagOf(digest));
  if (from > 0) headers.set("content-range", `bytes ${from}-${size - 1}/${size}`);
  return headers;
}

function tagOf(digest: string): string {
  return `"${digest}"`;
}

/** What a browser may show by itself, known by its first bytes and never by what was claimed. */
function pictureType(head: Uint8Array): string | undefined {
  const latin = String.fromCharCode(...head);
  if (latin.startsWith("\x89PNG\r\n")) return "image/png";
  if (latin.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (/^GIF8[79]a/.test(latin)) return "image/gif";
  return latin.startsWith("RIFF") && latin.endsWith("WEBP") ? "image/webp" : undefined;
}

/** The bytes as they are wanted: no chunk is asked for before there is room for it. */
class Chunks implements UnderlyingDefaultSource<Uint8Array> {
  readonly #errand: Errand;
  readonly #wanted: Wanted;
  #at: number;
  #next: Answer<"chunk"> | undefined;

  constructor(errand: Errand, wanted: Wanted, from: number, first: Answer<"chunk"> | undefined) {
    this.#errand = errand;
    this.#wanted = wanted;
    this.#at = from;
    this.#next = first;
  }

  async pull(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { data, size } = this.#next ?? await get(this.#errand, this.#wanted, this.#at);
    this.#next = undefined;
    const bytes = Uint8Array.fromBase64(data);
    controller.enqueue(bytes);
    this.#at += bytes.length;
    if (this.#at < size) return;
    controller.close();
    this.#errand.end();
  }

  cancel(): void {
    this.#errand.end();
  }
}
