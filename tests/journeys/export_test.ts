/** What somebody takes along, written by a real server and its client, and read back. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { type Connection } from "../../client/connection/mod.ts";
import { ProgramSession } from "../../client/entrance/mod.ts";
import { exportOwn } from "../../client/exporting/mod.ts";
import { uploadFile } from "../../client/files/mod.ts";
import { openTokens } from "../../client/tokens/mod.ts";
import { trustServer } from "../../client/trust/mod.ts";
import { makeExport } from "../../server/export.ts";
import { checkExport } from "../../shared/export/mod.ts";
import { registered } from "../kit/client.ts";
import { modeOf, withDirectory } from "../kit/directory.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { seededChance } from "../kit/world.ts";

type Line = Readonly<Record<string, unknown>>;

Deno.test("a server takes everything along but secrets and what is gone, and all of it is read back", () =>
  withTeam(async ({ server, folder, said }) => {
    const { manifest, contentsMissing } = await makeExport(server.directory, folder, server.world.clock);
    assert.deepEqual([manifest.of, contentsMissing], ["server", 0]);
    assert.deepEqual((await checkExport(folder)).faults, []);
    assert.deepEqual(lines(folder, "accounts").map(({ username, role }) => [username, role]), [
      ["ana", "owner"],
      ["ben", "member"],
    ]);
    assert.deepEqual(lines(folder, "rooms").map(({ room, topic, creator }) => [room, topic, creator]), [
      ["general", undefined, undefined],
      ["ops", "by night", "ana"],
    ]);
    const members = lines(folder, "members").filter(({ room }) => room === "ops");
    assert.deepEqual(members.map(({ username, standing }) => [username, standing]), [["ana", "moderator"]]);
    const messages = new Map(lines(folder, "messages").map((line) => [`${line.room} ${line.seq}`, line]));
    assert.equal(messages.size, 6);
    const edited = messages.get(`general ${said.edited}`);
    assert.deepEqual([edited?.from, edited?.text, edited?.pinned], ["ana", "now", true]);
    assert.deepEqual(edited?.earlier, [{ text: "before", time: edited?.time }]);
    assert.deepEqual(edited?.reactions, [{ emoji: "👍", from: "ben" }]);
    assert.deepEqual(messages.get(`general ${said.reply}`)?.thread, said.edited);
    assert.deepEqual(messages.get(`general ${said.reply}`)?.mentions, ["ana"]);
    const deleted = messages.get(`general ${said.deleted}`);
    assert.deepEqual([deleted?.deleted, deleted?.text], [true, undefined]);
    const files = lines(folder, "files");
    assert.deepEqual(files.map(({ room, name, from }) => [room, name, from]), [
      ["general", "data.bin", "ana"],
      ["ops", "data.bin", "ana"],
    ]);
    assert.deepEqual(Deno.readFileSync(join(folder, String(files[0]?.path))), said.content);
    const [changed] = lines(folder, "events").filter(({ type }) => type === "changed");
    assert.deepEqual([changed?.room, changed?.about], ["ops", { topic: "by night" }]);
    assert.equal(manifest.files.count, 1, "the same content is there once");
    const all = [...Deno.readDirSync(folder)].filter(({ isFile }) => isFile)
      .map(({ name }) => Deno.readTextFileSync(join(folder, name))).join("\n");
    assert.doesNotMatch(all, /argon2|taken back|draft of ana/);
    assert.deepEqual([modeOf(folder), modeOf(join(folder, "messages.ndjson"))], [0o700, 0o600]);
    await assert.rejects(makeExport(server.directory, folder, server.world.clock), /is not empty/);
  }));

Deno.test("a person takes along what is their own, and nothing of others", () =>
  withTeam(async ({ server, folder, said }) => {
    const { world, data } = server;
    const address = { host: "127.0.0.1", port: server.port };
    const trusted = await trustServer({ world, address, data });
    const tokens = openTokens(data, world.clock);
    const by = { username: "ana" };
    const session = await ProgramSession.open({ world, server: trusted, tokens, by, patienceMs: 10_000 });
    try {
      const { manifest, contentsMissing } = await exportOwn({ session, clock: world.clock }, folder);
      assert.deepEqual([manifest.of, manifest.name, contentsMissing], ["person", "ana", 0]);
    } finally {
      await session.close();
    }
    assert.deepEqual((await checkExport(folder)).faults, []);
    const messages = lines(folder, "messages");
    assert.ok(messages.every(({ from }) => from === "ana"));
    assert.doesNotMatch(JSON.stringify(messages), /reply of ben/);
    const edited = messages.find(({ seq, room }) => room === "general" && seq === said.edited);
    assert.deepEqual((edited?.earlier as readonly Line[]).map(({ text }) => text), ["before"]);
    assert.deepEqual(lines(folder, "drafts").map(({ room, text }) => [room, text]), [[
      "ops",
      "draft of ana",
    ]]);
    assert.deepEqual(lines(folder, "profile").map(({ username, displayName }) => [username, displayName]), [
      ["ana", "Ana A."],
    ]);
    assert.deepEqual(lines(folder, "rooms").map(({ room }) => room), ["general", "ops"]);
    assert.equal(lines(folder, "files").length, 2);
    const [first] = lines(folder, "files");
    assert.deepEqual(Deno.readFileSync(join(folder, String(first?.path))), said.content);
  }));

Deno.test("whatever was changed in an export after it was written is found", () =>
  withTeam(async ({ server, folder }) => {
    await makeExport(server.directory, folder, server.world.clock);
    const [content = ""] = [...Deno.readDirSync(join(folder, "files"))].map(({ name }) => name);
    const changes: readonly (readonly [string, () => void, RegExp])[] = [
      [
        "a line is gone",
        () => edit(folder, "messages.ndjson", (text) => text.replace(/^.*\n/, "")),
        /lines instead of/,
      ],
      [
        "a word is another one",
        () => edit(folder, "messages.ndjson", (text) => text.replace("now", "not")),
        /was changed/,
      ],
      [
        "a line is broken",
        () => edit(folder, "rooms.ndjson", (text) => text.replace("{", "")),
        /is no JSON object/,
      ],
      [
        "a field is missing",
        () => edit(folder, "accounts.ndjson", (text) => text.replace('"role"', '"rule"')),
        /has no role/,
      ],
      [
        "a part is gone",
        () => Deno.removeSync(join(folder, "events.ndjson")),
        /cannot be read: it is not there/,
      ],
      [
        "a content is another one",
        () => Deno.writeTextFileSync(join(folder, "files", content), "x"),
        /another content/,
      ],
      ["a content is gone", () => Deno.removeSync(join(folder, "files", content)), /it is not there/],
      [
        "a content came in",
        () => Deno.writeTextFileSync(join(folder, "files", "new"), "x"),
        /belongs to no line/,
      ],
      [
        "a path leads out",
        () => edit(folder, "files.ndjson", (text) => text.replace("files/", "../")),
        /names no content/,
      ],
    ];
    for (const [what, change, fault] of changes) {
      const before = read(folder);
      change();
      const { faults } = await checkExport(folder);
      assert.ok(faults.some((each) => fault.test(each)), `${what}: ${faults.join("; ")}`);
      const isForeign = faults.some((each) => each.includes("belongs to no line"));
      assert.equal(isForeign, what === "a content came in", faults.join("; "));
      restore(folder, before);
    }
    assert.deepEqual((await checkExport(folder)).faults, []);
    Deno.removeSync(join(folder, "manifest.json"));
    await assert.rejects(checkExport(folder), /was not finished/);
  }));

function lines(folder: string, part: string): readonly Line[] {
  const text = Deno.readTextFileSync(join(folder, `${part}.ndjson`));
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
}

function edit(folder: string, name: string, change: (text: string) => string): void {
  const path = join(folder, name);
  Deno.writeTextFileSync(path, change(Deno.readTextFileSync(path)));
}

type Contents = ReadonlyMap<string, Uint8Array>;

function read(folder: string): Contents {
  const names = [folder, join(folder, "files")].flatMap((directory) =>
    [...Deno.readDirSync(directory)].filter(({ isFile }) => isFile).map(({ name }) => join(directory, name))
  );
  return new Map(names.map((name) => [name, Deno.readFileSync(name)]));
}

function restore(folder: string, contents: Contents): void {
  for (const name of read(folder).keys()) if (!contents.has(name)) Deno.removeSync(name);
  for (const [name, content] of contents) Deno.writeFileSync(name, content);
}

interface Team {
  readonly server: TestServer;
  /** An empty one. */
  readonly folder: string;
  readonly said: {
    readonly edited: number;
    readonly reply: number;
    readonly deleted: number;
    readonly content: Uint8Array;
  };
}

/** A server on which ana and ben have done all kinds of things. */
function withTeam(use: (team: Team) => Promise<void>): Promise<void> {
  return withServer((server) =>
    withDirectory(async (directory) => {
      const ana = await registered(server, "ana"), ben = await registered(server, "ben");
      const said = await talk(ana, ben, server, directory);
      await Promise.all([ana.close(), ben.close()]);
      const folder = join(directory, "export");
      await use({ server, folder, said });
    })
  );
}

async function talk(
  ana: Connection,
  ben: Connection,
  server: TestServer,
  directory: string,
): Promise<Team["said"]> {
  const room = "general";
  const { seq: edited } = await ana.say(room, "before");
  await ana.request({ type: "edit", room, seq: edited, text: "now" });
  await ben.request({ type: "react", room, seq: edited, emoji: "👍" });
  await ana.request({ type: "pin", room, seq: edited });
  const { seq: reply } = await ben.say(room, "reply of ben to @ana", { thread: edited });
  const { seq: deleted } = await ana.say(room, "taken back");
  await ana.request({ type: "delete", room, seq: deleted });
  await ana.request({ type: "create", room: "ops", topic: "on call" });
  await ana.request({ type: "change", room: "ops", topic: "by night" });
  const content = seededChance(1).bytes(200_000), path = join(directory, "data.bin");
  Deno.writeFileSync(path, content);
  const transfer = { connection: ana, clock: server.world.clock };
  for (const to of [room, "ops"]) {
    const { file } = await uploadFile(transfer, to, path);
    await ana.say(to, to === room ? "a file" : "", { files: [file] });
  }
  await ana.say("ops", "gone later", { lifeMs: 3_600_000 });
  await ana.request({ type: "draft", room: "ops", text: "draft of ana" });
  await ana.request({ type: "set_profile", displayName: "Ana A." });
  return { edited, reply, deleted, content };
}
