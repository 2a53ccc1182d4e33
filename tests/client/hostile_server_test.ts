/** A server that puts into every string of every frame what a terminal would act on. */
import assert from "node:assert/strict";
import { join } from "node:path";
import {
  type Answer,
  answerFrames,
  type ErrorCode,
  requestFrames,
  type Signal,
  type SignalType,
} from "../../shared/protocol/mod.ts";
import { isRequestType } from "../../shared/protocol/request_frames.ts";
import { withDirectory } from "../kit/directory.ts";
import { acting, hostileAnswer, hostileName, hostilePushes, hostileSignal } from "../kit/hostile_frames.ts";
import { fromSource, runProgram } from "../kit/program.ts";
import { general } from "../kit/script.ts";
import { type Heard, hello, type Peer, type ScriptedServer, scriptedServer } from "../kit/scripted_server.ts";
import { withTerminals } from "../kit/terminal.ts";

/** What a person does at that server: questions have their answers below them. */
const lines = [
  ...["/help", "/rooms", "/who", "/history 3", "/devices", "/people", "/invite", "/reset ben", "/policy"],
  ...["/2fa on", "a password", "123456", ""],
  ...["/password", "a password", "a password of length"],
  ...["/revoke 1", "n", "/role ben admin", "/join ops"],
  ...[
    "/thread 1",
    "/threads",
    "/edits 1",
    "/pins",
    "/bans",
    "/mentions",
    "/search evil",
    "/profile ben",
    "/name evil",
    "/drafts",
  ],
  ...[
    "/unread",
    "/show 1",
    "/edit 1 evil",
    "/react 1 +1",
    "/dm evil",
    "/notify all",
  ],
  ...["/delete 1", "n", "/topic evil", "/add evil", "/kick evil"],
  ...["/bots", "/bot evil send", "/files", "/open 1", `/upload '${import.meta.filename}' evil`],
  // Last, since what is refused comes back into the line and meets what is typed next.
  ...["/reply 1 evil", "/quote 1 evil", "a word"],
];

for (const flags of [[], ["--plain"]] as const) {
  Deno.test(`nothing that a server says acts on the terminal ${flags.join()}`, () =>
    withHostileServer((server, data) =>
      withTerminals(async (open) => {
        const terminal = await open([...fromSource.command, ...whereto(server, data), ...flags], {});
        await terminal.waitFor("Your name");
        for (const line of ["ana", "a password", "ana", "a password", "123456"]) {
          await terminal.waitFor(/: $|:$/);
          await terminal.enter(line);
        }
        await terminal.waitFor("You are an owner now.");
        for (const line of lines) await terminal.enter(line);
        // There they would be echoed as they are.
        if (flags.length === 0) {
          await terminal.waitFor(/in your line again|words back/);
          await terminal.press("@", "Tab", "e", "Tab", "C-u", "#", "Tab", "e", "Tab", "C-u");
        }
        await terminal.enter("/leave");
        await terminal.waitFor("[exit 1]");
        const bytes = await terminal.bytes();
        const written = bytes.slice(0, bytes.indexOf("[exit 1]"));
        assertHarmless(written);
        assertAllSaid(server);
      })
    ));
}

Deno.test("nothing that a server says acts on a terminal that a pipe leads to", () =>
  withHostileServer(async (server, data) => {
    const input = [...lines.filter((line) => line.startsWith("/")), "a word", "/leave", ""].join("\n");
    const env = { CHAT_PASSWORD: "a password" };
    const refused = await runProgram(fromSource, [...whereto(server, data), "--user", "ana"], { env });
    assertHarmless(refused.errors);
    for (let tries = 0; tries < 2; tries++) {
      await runProgram(fromSource, [...whereto(server, data), "--user", "ana"], { env });
    }
    const run = await runProgram(fromSource, [...whereto(server, data), "--user", "ana"], { env, input });
    assert.match(run.errors, /It ends here: /);
    assertHarmless(run.output);
    assertHarmless(run.errors);
  }));

function whereto({ address }: ScriptedServer, data: string): readonly string[] {
  return ["connect", `chat://127.0.0.1:${address.port}`, "--data", data];
}

function assertHarmless(written: string): void {
  assert.match(written, /evil/);
  const found = acting.exec(written);
  const around = found === null ? "" : written.slice(Math.max(0, found.index - 60), found.index + 60);
  assert.equal(found, null, JSON.stringify(around));
}

/** Answers of every type were said, but for the one that is asked for at the first contact only. */
function assertAllSaid({ heard }: ScriptedServer): void {
  const said = new Set(heard.map(({ type }) => answerTo(type)));
  const unsaid = Object.keys(answerFrames).filter((type) => !said.has(type));
  assert.deepEqual(unsaid, ["authority", "pong", "error"]);
}

function answerTo(type: string): string {
  return isRequestType(type) ? requestFrames[type].answer : "error";
}

async function withHostileServer(
  use: (server: ScriptedServer, data: string) => Promise<void>,
): Promise<void> {
  await withDirectory(async (data) => {
    const refusals: ErrorCode[] = ["username_invalid", "weak_password", "code_invalid"];
    const talk = (peer: Peer) => beHostile(peer, refusals);
    await using server = await scriptedServer({ directory: join(data, "server"), talk });
    await use(server, data);
  });
}

const signals: readonly SignalType[] = [
  "presence",
  "unread",
  "thread",
  "draft",
  "level",
  "typing",
  "profile",
  "role",
  "alert",
];

/** The first logins are refused for these reasons. */
async function beHostile(peer: Peer, refusals: ErrorCode[]): Promise<void> {
  await peer.say({
    ...hello,
    name: hostileName,
    server: hostileName,
    methods: [hostileName],
    registration: "closed",
  });
  for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
    const reason = heard.type === "login" ? refusals.shift() : refusalOf[heard.type];
    if (reason !== undefined) {
      await peer.say({ type: "error", re: heard.id, code: reason, message: hostileName });
    } else if (heard.type === "leave") {
      await peer.say({ type: "bye", code: "revoked", message: `${hostileName}\n${hostileName}` });
    } else {
      await peer.say(answer(heard));
      if (heard.type === "rooms") {
        await peer.say(...hostilePushes("general", 2), ...hostilePushes(hostileName, 1));
      }
      if (heard.type === "rooms") await peer.say(...signals.map(signal));
    }
  }
}

/** Only an owner is let into every command. */
function signal(type: SignalType): Signal {
  return type === "role" ? { type, role: "owner" } : hostileSignal(type);
}

const refusalOf: Readonly<Record<string, ErrorCode>> = {
  join: "no_such_room",
  send: "forbidden",
  change_password: "forbidden",
};

function answer(heard: Heard): Answer {
  const type = answerTo(heard.type);
  const hostile = hostileAnswer(type as Answer["type"], heard.id);
  if (hostile.type === "history") return { ...hostile, messages: hostilePushes("", 1), more: false };
  if (hostile.type !== "auth_success") return hostile;
  const room = { ...general(1), topic: hostileName };
  const user = { ...hostile.user, username: `${hostileName}-me`, role: "owner" as const, twoFactor: false };
  return { ...hostile, user, confined: undefined, rooms: [...hostile.rooms, room] };
}
