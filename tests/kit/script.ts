import assert from "node:assert/strict";
import type { Connection } from "../../client/connection/mod.ts";
import type { Answer, Push, Role } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import { doorToScript } from "./client.ts";
import { withDirectory } from "./directory.ts";
import { testPassword } from "./line_client.ts";
import { type Heard, hello, type Peer, type ScriptedServer, scriptedServer } from "./scripted_server.ts";
import { Watch } from "./watch.ts";

export type RoomState = Answer<"auth_success">["rooms"][number];

/** A connection to a server that the test plays itself. */
export interface Scene {
  readonly directory: string;
  readonly server: ScriptedServer;
  readonly peer: Peer;
  readonly connection: Connection;
  readonly sees: Watch;
}

export function general(seq: number, more: Partial<RoomState> = {}): RoomState {
  return { room: "general", kind: "standard", seq, read: seq, state: "behind", ...more };
}

/** Logs ana in, who is in these rooms, and runs `use`. */
export async function withScene(
  { world, rooms, ...me }: { readonly world: World; readonly rooms: readonly RoomState[] } & Welcome,
  use: (scene: Scene) => Promise<void>,
): Promise<void> {
  await withDirectory(async (directory) => {
    await using server = await scriptedServer({ directory });
    const knocking = doorToScript(server, directory, world);
    const peer = await server.accept();
    await peer.say(hello);
    const entering = (await knocking).login("ana", testPassword);
    await welcome(peer, "login", rooms, me);
    const connection = await entering;
    try {
      await use({ directory, server, peer, connection, sees: new Watch(connection) });
    } finally {
      const closing = connection.close();
      await server[Symbol.asyncDispose]();
      await closing;
    }
  });
}

/** What may be said of ana beside her rooms. */
export interface Welcome {
  readonly role?: Role;
  readonly token?: string;
  readonly deviceProof?: string;
  readonly confined?: true;
}

/** Lets a client in that asks by a request of this type, and returns the request. */
export async function welcome(
  peer: Peer,
  type: "login" | "register" | "redeem_reset" | "resume",
  rooms: readonly RoomState[],
  { role = "member", token = `after ${type}`, ...more }: Welcome = {},
): Promise<Heard> {
  const heard = await expect(peer, type);
  await peer.say({
    type: "auth_success",
    re: heard.id,
    user: { username: "ana", role },
    token,
    rooms,
    ...more,
  });
  return heard;
}

/** The next request, which must be of this type. */
export async function expect(peer: Peer, type: string): Promise<Heard> {
  const heard = await peer.hear();
  assert.equal(heard?.type, type);
  return heard;
}

/** Answers the next request, which must be for history, with messages from `from` to `to`. */
export async function tellHistory(peer: Peer, from: number, to: number, more = false): Promise<Heard> {
  const heard = await expect(peer, "history");
  const messages = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => {
    const { room: _room, ...event } = push(from + at);
    return event;
  });
  await peer.say({ type: "history", re: heard.id, room: String(heard.room), messages, more });
  return heard;
}

/** Ben's message number `seq`, whose text is the number. */
export function push(seq: number, room = "general"): Push<"message"> {
  return { type: "message", room, seq, time: seq, from: "ben", text: String(seq) };
}

export function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => String(from + at));
}
