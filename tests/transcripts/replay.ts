/** Plays a transcript to a real server over TLS, and compares every line that a client hears. */
import assert from "node:assert/strict";
import type { Wishes } from "../../server/mod.ts";
import { systemClock } from "../../shared/world/mod.ts";
import { authenticator } from "../kit/authenticator.ts";
import { withDirectory } from "../kit/directory.ts";
import { type Frame, LineClient } from "../kit/line_client.ts";
import { TestServer } from "../kit/server.ts";
import type { Deed, Pattern, Transcript } from "../kit/transcript.ts";
import { testWorld } from "../kit/world.ts";

/** Rejects at the first line that goes otherwise than written, with its number and text. */
export async function replay(transcript: Transcript): Promise<void> {
  await withDirectory(async (data) => {
    const stage = new Stage(data);
    try {
      for (const { line, source, deed } of transcript.steps) {
        await stage.play(deed).catch((error) => {
          throw new Error(`Line ${line} did not happen: ${source}\n${error.message}`, { cause: error });
        });
      }
      await stage.expectSilence();
    } finally {
      await stage.clear();
    }
  });
}

/** The server, the connections, and the values that names stand for. */
class Stage {
  readonly #data: string;
  readonly #clients: Map<string, LineClient> = new Map();
  readonly #values: Map<string, unknown> = new Map();
  #server: TestServer | undefined;
  /** By how much the clock is ahead of the true one, in milliseconds. */
  #leapMs = 0;

  constructor(data: string) {
    this.#data = data;
  }

  async play(deed: Deed): Promise<void> {
    switch (deed.kind) {
      case "prose":
        return;
      case "starts":
        return await this.#start(deed.settings);
      case "stops":
        return await this.#server?.stop();
      case "pass":
        this.#leapMs += deed.seconds * 1000;
        return;
      case "shows":
        return void this.#values.set(deed.code, this.#codeOf(deed.secret));
      case "connects":
        return await this.#connect(deed.who, deed.greeted);
      case "disconnected":
        return await this.#expectEnd(deed.who);
      case "vanishes":
        return this.#leave(deed.who);
      case "says":
        return await this.#client(deed.who).say(fill(deed.frame, undefined, this.#values));
      case "writes":
        return await this.#client(deed.who).write(deed.bytes);
      case "hears":
        return await this.#hear(deed.who, deed.frame);
    }
  }

  /** Nothing more than what is written was said to those who are still connected. */
  async expectSilence(): Promise<void> {
    for (const [who, client] of this.#clients) {
      await client.say({ type: "ping", id: "the end" });
      assert.deepEqual(
        await client.hear(),
        { type: "pong", re: "the end" },
        `${who} heard more than is written`,
      );
    }
  }

  async clear(): Promise<void> {
    for (const client of this.#clients.values()) client.close();
    await this.#server?.stop();
  }

  async #start(settings: Wishes): Promise<void> {
    const trueClock = systemClock();
    const clock = {
      ...trueClock,
      now: () => trueClock.now() + this.#leapMs,
      monotonic: () => trueClock.monotonic() + this.#leapMs,
    };
    this.#server = new TestServer(this.#data, testWorld({ clock }), settings);
    await this.#server.start();
  }

  async #connect(who: string, greeted: boolean): Promise<void> {
    assert.ok(this.#server, "no server was started");
    assert.ok(!this.#clients.has(who), `${who} is connected already`);
    const client = await LineClient.openSilently(this.#server.port, this.#server.authorityPem);
    this.#clients.set(who, client);
    if (greeted) assert.equal((await client.hear())?.type, "auth_required");
  }

  #codeOf(secret: string): string {
    return authenticator(String(this.#values.get(secret)), { now: () => Date.now() + this.#leapMs })();
  }

  #client(who: string): LineClient {
    const client = this.#clients.get(who);
    assert.ok(client, `${who} is not connected`);
    return client;
  }

  async #hear(who: string, pattern: Pattern): Promise<void> {
    const heard = await this.#client(who).hearWhere((frame) => isMeant(pattern, frame));
    assert.deepEqual(heard, fill(pattern, heard, this.#values));
  }

  async #expectEnd(who: string): Promise<void> {
    assert.equal(await this.#client(who).hear(), undefined);
    this.#leave(who);
  }

  #leave(who: string): void {
    this.#client(who).close();
    this.#clients.delete(who);
  }
}

/** Presence comes when it comes: it is looked for where it is written, and passed over elsewhere. */
function isMeant(pattern: Pattern, frame: Frame): boolean {
  if (pattern.type !== "presence") return frame.type !== "presence";
  return frame.type === "presence" && frame.username === pattern.username && frame.status === pattern.status;
}

/** The pattern with a value for each of its names: the one known, or else that of `actual`, which is known from then on. */
function fill(pattern: unknown, actual: Frame, values: Map<string, unknown>): unknown {
  if (typeof pattern === "string" && pattern.startsWith("$")) return valueOf(pattern, actual, values);
  if (Array.isArray(pattern)) return pattern.map((item, at) => fill(item, actual?.[at], values));
  if (typeof pattern !== "object" || pattern === null) return pattern;
  return Object.fromEntries(
    Object.entries(pattern).map(([key, value]) => [key, fill(value, actual?.[key], values)]),
  );
}

function valueOf(name: string, actual: unknown, values: Map<string, unknown>): unknown {
  if (!values.has(name)) {
    assert.ok(actual !== undefined, `the server has told nothing that ${name} could stand for`);
    values.set(name, actual);
  }
  return values.get(name);
}
