import assert from "node:assert/strict";
import { type Ask, type Connection, ConnectionLost, type Sent } from "../../client/connection/mod.ts";
import { type Answer, Refusal, type RoomEvent } from "../../shared/protocol/mod.ts";

/** A request that the server has answered with a place of its own in a room. */
interface Deed {
  readonly username: string;
  readonly ask: Ask;
  readonly room: string;
  readonly seq: number;
}

/** Words that somebody has said, each differing from all others. */
interface Words {
  readonly username: string;
  readonly text: string;
  readonly thread?: number | undefined;
  readonly quote?: number | undefined;
  sent?: Sent;
  isRefused?: boolean;
}

/** Something of which the last one holds, such as a draft: set at one time, and so for certain from another on. */
interface Setting {
  readonly value: string;
  readonly begun: number;
  done: number;
}

/** What people did and what the server said to it, apart from all models. */
export class Records {
  readonly deeds: Deed[] = [];
  readonly words: Map<string, Words> = new Map();
  readonly #settings = new Map<string, Setting[]>();
  #moment = 0;

  /** The connection, with everything noted that is asked and said over it. */
  noting(connection: Connection, username: string): Connection {
    for (const { text, answer } of connection.takeLeftovers().sending) void this.#noteAnswer(text, answer);
    return {
      address: connection.address,
      model: () => connection.model(),
      isOutboxKept: () => connection.isOutboxKept(),
      takeLeftovers: () => ({ sending: [], tooOld: [] }),
      opened: () => connection.opened(),
      renew: () => connection.renew(),
      markRead: (room, seq) => connection.markRead(room, seq),
      listen: (listener) => connection.listen(listener),
      close: () => connection.close(),
      request: (ask) => this.#noteRequest(username, ask as unknown as Ask, connection.request(ask)),
      say: (room, text, place) => {
        this.words.set(text, { username, text, thread: place?.thread, quote: place?.quote });
        const settled = this.#set(`${username} draft ${room} ${place?.thread ?? 0}`, "");
        const answer = connection.say(room, text, place);
        void this.#noteAnswer(text, answer);
        answer.then(settled, () => {});
        return answer;
      },
    };
  }

  /** Whether this may be what was set last. */
  mayBe(key: string, value: string): boolean {
    const settings = this.#settings.get(key) ?? [{ value: "", begun: 0, done: 0 }];
    const lastBegun = Math.max(
      0,
      ...settings.filter(({ done }) => done < Infinity).map(({ begun }) => begun),
    );
    return settings.some((setting) => setting.value === value && setting.done >= lastBegun) ||
      (value === "" && settings.every(({ done }) => done === Infinity));
  }

  /** All that was set. */
  get settings(): Iterable<string> {
    return this.#settings.keys();
  }

  #set(key: string, value: string): () => void {
    const setting = { value, begun: ++this.#moment, done: Infinity };
    const settings = this.#settings.get(key) ?? [];
    settings.push(setting);
    this.#settings.set(key, settings);
    return () => void (setting.done = ++this.#moment);
  }

  async #noteRequest<A>(username: string, ask: Ask, answering: Promise<A>): Promise<A> {
    const settled = settingsOf(ask).map(([key, value]) => this.#set(`${username} ${key}`, value));
    const answer = await answering;
    for (const each of settled) each();
    const { room, seq, time } = answer as Partial<Answer<"ok">>;
    if (room !== undefined && seq !== undefined && time !== undefined) {
      this.deeds.push({ username, ask, room, seq });
    }
    return answer;
  }

  async #noteAnswer(text: string, answer: Promise<Sent>): Promise<void> {
    const words = this.words.get(text);
    assert.ok(words, `Nobody has said ${text}`);
    try {
      words.sent = await answer;
    } catch (cause) {
      if (cause instanceof Refusal) words.isRefused = true;
      else if (!(cause instanceof ConnectionLost)) throw cause;
    }
  }
}

/** What a request sets of which the last one holds, by name. */
function settingsOf(ask: Ask): [string, string][] {
  if (ask.type === "draft") return [[`draft ${ask.room} ${ask.thread ?? 0}`, ask.text]];
  if (ask.type === "level") return [[`level ${ask.room}`, ask.level]];
  if (ask.type !== "set_profile") return [];
  return (["displayName", "statusText", "timeZone"] as const).flatMap((name) =>
    ask[name] === undefined ? [] : [[name, ask[name]]]
  );
}

/** What the history holds where a deed was acknowledged: some of the event's fields. */
export function eventOf({ username, ask, seq }: Deed): Partial<RoomEvent> {
  switch (ask.type) {
    case "edit":
      return { type: "edited", seq, from: username, target: ask.seq };
    case "delete":
      return { type: "deleted", seq, from: username, target: ask.seq };
    case "react":
      return { type: "reacted", seq, from: username, target: ask.seq };
    case "unreact":
      return { type: "unreacted", seq, from: username, target: ask.seq };
    case "pin":
      return { type: "pinned", seq, from: username, target: ask.seq };
    case "unpin":
      return { type: "unpinned", seq, from: username, target: ask.seq };
    case "join":
    case "create":
    case "direct":
      return { type: "joined", seq, username };
    case "add":
      return { type: "joined", seq, username: ask.username, by: username };
    case "leave":
      return { type: "left", seq, username };
    case "remove":
      return { type: "left", seq, username: ask.username, by: username };
    case "standing":
      return { type: "standing", seq, username: ask.username, by: username, standing: ask.standing };
    case "change": {
      const { type: _type, room: _room, ...changes } = ask;
      return { type: "changed", seq, from: username, ...changes };
    }
    default:
      throw new Error(`A place in a room was given to ${ask.type}`);
  }
}
