import assert from "node:assert/strict";
import { type Frame, LineClient } from "./line_client.ts";
import type { TestServer } from "./server.ts";

/** What the server says of one room to somebody who is in it. */
export interface RoomAnswers {
  /** What `auth_success` says of it. */
  readonly facts: Frame;
  /** What `rooms` says of it. */
  readonly about: Frame;
  /** All that ever happened in it. */
  readonly history: readonly Frame[];
  readonly pins: readonly Frame[];
  readonly users: readonly Frame[];
  /** Each thread that has begun, and those of the messages asked for, by their first message. */
  readonly threads: ReadonlyMap<number, Frame>;
}

export interface ServerAnswers {
  readonly user: Frame;
  readonly rooms: ReadonlyMap<string, RoomAnswers>;
  readonly followed: readonly Frame[];
  readonly drafts: readonly Frame[];
  readonly profiles: ReadonlyMap<string, Frame>;
}

/** A person's login that is used to ask the server for everything, by a client that has no model. */
export class Questioner {
  readonly #server: TestServer;
  #token: string;

  constructor(server: TestServer, token: string) {
    this.#server = server;
    this.#token = token;
  }

  /** Comes in anew and asks for everything that the person may know. */
  async askAll(): Promise<ServerAnswers> {
    using client = await this.#server.connect();
    const { user, token, rooms: facts } = await client.ask({ type: "resume", token: this.#token });
    this.#token = token;
    const about = await all(client, { type: "rooms" }, "rooms");
    const rooms = new Map<string, RoomAnswers>();
    for (const each of facts) {
      rooms.set(each.room, await askRoom(client, each, about.find(({ room }) => room === each.room)));
    }
    const names = new Set([...rooms.values()].flatMap(({ users }) => users.map(({ username }) => username)));
    const profiles = new Map<string, Frame>();
    for (const username of names) {
      profiles.set(username, bare(await client.ask({ type: "profile", username })));
    }
    const followed = await all(client, { type: "threads" }, "threads");
    const drafts = await all(client, { type: "drafts" }, "drafts");
    return { user, rooms, followed, drafts, profiles };
  }
}

async function askRoom(client: LineClient, facts: Frame, about: Frame): Promise<RoomAnswers> {
  const { room } = facts;
  const history: Frame[] = [];
  for (let more = true; more;) {
    const page = await client.ask({ type: "history", room, after: history.at(-1)?.seq ?? 0, limit: 200 });
    history.push(...page.messages);
    more = page.more;
  }
  const threads = new Map<number, Frame>();
  for (const { seq } of history.filter(({ type, thread }) => type === "message" && thread === undefined)) {
    threads.set(seq, await client.ask({ type: "thread", room, seq, limit: 200 }));
  }
  const pins = await all(client, { type: "pins", room }, "messages");
  const users = await all(client, { type: "who", room }, "users");
  return { facts, about, history, pins, users, threads };
}

/** All that one answer holds, which is enough for a small team. */
async function all(client: LineClient, ask: Frame, name: string): Promise<Frame[]> {
  const answer = await client.ask(ask);
  assert.equal(answer.more, false, JSON.stringify(answer));
  return answer[name];
}

function bare({ re: _re, type: _type, ...rest }: Frame): Frame {
  return rest;
}
