/** Keeps count of what is unread as a client does that hears nothing but frames, by the rule that the protocol page tells. */
import { limits } from "../../shared/protocol/mod.ts";

// deno-lint-ignore no-explicit-any -- frames of any shape
type Frame = any;

const entering: ReadonlySet<string> = new Set(["join", "create"]);

export interface Standing {
  readonly read: number;
  readonly unread: number;
  readonly mentions: number;
}

export class CountingClient {
  readonly rooms: Map<string, Standing> = new Map();
  readonly #name: string;
  /** What was asked and is not answered yet, by id. */
  readonly #asked: Map<string, Frame> = new Map();

  constructor(name: string) {
    this.#name = name;
  }

  asks(id: string, request: Frame): void {
    this.#asked.set(id, request);
  }

  hear(frame: Frame): void {
    switch (frame.type) {
      case "auth_success":
        this.rooms.clear();
        for (const { room, read, unread = 0, mentions = 0 } of frame.rooms) {
          this.rooms.set(room, { read, unread, mentions });
        }
        return;
      case "ok":
        return this.#granted(this.#asked.get(frame.re), frame);
      case "message":
        return this.#said(frame);
      case "joined":
        if (frame.username === this.#name) this.#entered(frame);
        return;
      case "left":
        if (frame.username === this.#name) this.rooms.delete(frame.room);
        return;
      case "unread": {
        const { room, read, unread, mentions } = frame;
        this.rooms.set(room, { read, unread, mentions });
      }
    }
  }

  #granted(request: Frame, ok: Frame): void {
    if (request?.type === "send") this.#said({ ...request, ...ok, from: this.#name });
    if (entering.has(request?.type) && !this.rooms.has(ok.room)) this.#entered(ok);
    if (request?.type === "leave") this.rooms.delete(ok.room);
  }

  #entered({ room, seq }: Frame): void {
    this.rooms.set(room, { read: seq, unread: 0, mentions: 0 });
  }

  #said({ room, seq, from, thread, mentions = [] }: Frame): void {
    const before = this.rooms.get(room);
    if (before === undefined || thread !== undefined || seq <= before.read) return;
    if (from === this.#name) return this.#entered({ room, seq });
    const meansMe = mentions.some((word: string) => [this.#name, "@room", "@here"].includes(word));
    this.rooms.set(room, {
      read: before.read,
      unread: Math.min(before.unread + 1, limits.unreadMax),
      mentions: Math.min(before.mentions + Number(meansMe), limits.unreadMax),
    });
  }
}
