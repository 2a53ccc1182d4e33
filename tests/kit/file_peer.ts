import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import type { Answer } from "../../shared/protocol/mod.ts";
import { general } from "./script.ts";
import { type Heard, hello, type Peer } from "./scripted_server.ts";

/** What a scripted server keeps of files, over all its connections. Files are called by their digests. */
export class FilePeer {
  /** Whole contents by their digest. */
  readonly contents = new Map<string, Buffer>();
  /** What is here of uploads, by their digest. */
  readonly begun = new Map<string, Buffer[]>();
  /** The requests of these types, in order. */
  readonly asked: string[] = [];
  /** Called for each request: may refuse it, or hang up by `cut`. */
  before: (heard: Heard) => "cut" | Partial<Answer<"error">> | undefined = () => undefined;
  chunkBytes = 64 * 1024;

  /** Lets ana in, and answers her until she or the cut ends it. */
  readonly talk = async (peer: Peer): Promise<void> => {
    await peer.say(hello);
    for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
      this.asked.push(heard.type);
      const wish = this.before(heard);
      if (wish === "cut") return peer.hangUp();
      await peer.say(wish === undefined ? this.#answer(heard) : refusal(heard, wish));
    }
  };

  add(content: Uint8Array): string {
    const digest = digestOf(content);
    this.contents.set(digest, Buffer.from(content));
    return digest;
  }

  #answer(heard: Heard): Answer {
    const re = heard.id;
    switch (heard.type) {
      case "login":
      case "resume":
        return {
          type: "auth_success",
          re,
          user: { username: "ana", role: "member" },
          token: "t",
          rooms: [general(0)],
        };
      case "history":
        return { type: "history", re, room: "general", messages: [], more: false };
      case "upload":
        return this.#state(re, String(heard.digest), Number(heard.size));
      case "put":
        return this.#put(heard);
      case "get":
        return this.#get(heard);
      default:
        return { type: "ok", re };
    }
  }

  #state(re: string, digest: string, size: number): Answer<"upload"> {
    const chunks = this.begun.get(digest) ?? [];
    this.begun.set(digest, chunks);
    const received = this.contents.has(digest) ? size : length(chunks);
    const whole = this.contents.has(digest) ? { whole: true } : {};
    return { type: "upload", re, file: digest, received, chunkBytes: this.chunkBytes, ...whole };
  }

  #put(heard: Heard): Answer {
    const digest = String(heard.file);
    const chunks = this.begun.get(digest);
    if (chunks === undefined) return refusal(heard, { code: "no_such_file" });
    if (heard.at !== length(chunks)) return refusal(heard, { code: "bad_request" });
    chunks.push(Buffer.from(String(heard.data), "base64"));
    const all = Buffer.concat(chunks);
    if (digestOf(all) === digest) this.contents.set(digest, all);
    return this.#state(heard.id, digest, all.length);
  }

  #get({ id, file, at }: Heard): Answer {
    const content = this.contents.get(String(file));
    if (content === undefined) return refusal({ id }, { code: "no_such_file" });
    const data = content.subarray(Number(at), Number(at) + this.chunkBytes).toString("base64");
    const digest = String(file);
    return { type: "chunk", re: id, file: digest, at: Number(at), data, size: content.length, digest };
  }
}

function digestOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("base64url");
}

function length(chunks: readonly Buffer[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function refusal({ id }: Pick<Heard, "id">, wish: Partial<Answer<"error">>): Answer<"error"> {
  return { code: "bad_request", message: "No", ...wish, type: "error", re: id };
}
