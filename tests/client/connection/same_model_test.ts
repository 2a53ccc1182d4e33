/** Whatever people do, and whenever their lines break, all their models end as the server's history tells it. */
import assert from "node:assert/strict";
import type { Connection } from "../../../client/connection/mod.ts";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { doorTo, registered } from "../../kit/client.ts";
import { fromSeed } from "../../kit/seed.ts";
import { withServer } from "../../kit/server.ts";

const steps = 120;
const emoji = ["👍", "🎉", "👀"];

Deno.test("all models of a room are the same in the end, and the same as that of somebody who comes late", () =>
  withServer(async (server) => {
    const pick = picker(fromSeed().seed);
    const people = [];
    for (const name of ["ana", "ben", "eve"]) people.push(await registered(server, name));
    const second = await (await doorTo(server)).resume("ben");
    const everybody = [...people, second];
    for (let step = 0; step < steps; step++) {
      const connection = pick(everybody);
      const doing = doSomething(connection, pick);
      if (pick([true, false, false])) await doing;
      if (step === steps / 2) {
        await server.stop();
        await server.start();
      }
    }
    const sent = await settled(everybody);
    const late = await (await doorTo(server)).resume("ana");
    await until(late, () => late.model().rooms.get("general")?.cursor === sent);
    const since = late.model().rooms.get("general")?.since ?? 0;
    for (const connection of everybody) assert.deepEqual(tellable(connection, since), tellable(late, since));
    const [, ben] = people;
    assert.deepEqual(standing(second), standing(ben));
    await Promise.all([...everybody, late].map((connection) => connection.close()));
  }));

type Pick = <T>(values: readonly T[]) => T;

/** Linear congruential, after Numerical Recipes. */
function picker(seed: number): Pick {
  let state = seed >>> 0;
  return (values) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const value = values[Math.floor(state / 2 ** 32 * values.length)];
    if (value === undefined) throw new Error("Nothing to pick from");
    return value;
  };
}

/** What is refused, and what the restart cuts off, is nothing. */
async function doSomething(connection: Connection, pick: Pick): Promise<void> {
  const room = "general";
  const newest = connection.model().rooms.get(room)?.cursor ?? 1;
  const seq = Math.max(1, newest - pick([0, 1, 2, 3, 5, 8]));
  const verbs = [
    "say",
    "say",
    "reply",
    "edit",
    "delete",
    "react",
    "react",
    "unreact",
    "pin",
    "unpin",
  ] as const;
  try {
    switch (pick(verbs)) {
      case "say":
        return void await connection.say(room, pick(["hi", "@ben look", "again"]));
      case "reply":
        return void await connection.say(room, "a reply", { thread: seq });
      case "edit":
        return void await connection.request({ type: "edit", room, seq, text: pick(["new", "@ana newer"]) });
      case "delete":
        return void await connection.request({ type: "delete", room, seq });
      case "react":
        return void await connection.request({ type: "react", room, seq, emoji: pick(emoji) });
      case "unreact":
        return void await connection.request({ type: "unreact", room, seq, emoji: pick(emoji) });
      case "pin":
        return void await connection.request({ type: "pin", room, seq });
      case "unpin":
        return void await connection.request({ type: "unpin", room, seq });
    }
  } catch (cause) {
    if (!(cause instanceof Refusal || cause instanceof ConnectionLost)) throw cause;
  }
}

/** A last word by everybody, which comes behind all that they did. Resolves with the number of the newest one. */
async function settled(connections: readonly Connection[]): Promise<number> {
  const sent = [];
  for (const connection of connections) sent.push(await connection.say("general", "the end"));
  const newest = Math.max(...sent.map(({ seq }) => seq));
  for (const connection of connections) {
    await until(connection, () => connection.model().rooms.get("general")?.cursor === newest);
  }
  return newest;
}

async function until(connection: Connection, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = connection.listen(() => resolve());
    await promise;
    cancel();
  }
}

/** Each event from this number on as it would be told, without what is not there. */
function tellable(connection: Connection, since: number): readonly unknown[] {
  const events = connection.model().rooms.get("general")?.events ?? [];
  return JSON.parse(JSON.stringify(events.filter(({ seq }) => seq >= since)));
}

function standing(connection: Connection | undefined): unknown {
  const { read, unread, mentions } = connection?.model().rooms.get("general") ?? {};
  return { read, unread, mentions };
}
