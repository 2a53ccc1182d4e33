/** Commands about files and about how long messages are kept, against the real server. */
import assert from "node:assert/strict";
import type { Asker, Outcome } from "../../../client/commands/command.ts";
import { understand } from "../../../client/commands/understand.ts";
import type { Connection } from "../../../client/connection/mod.ts";
import { answering } from "../../kit/answering.ts";
import { registered } from "../../kit/client.ts";
import { withServer } from "../../kit/server.ts";
import { Watch } from "../../kit/watch.ts";

const dayMs = 86_400_000;

Deno.test("a message for a while is said with its time, and not with one that makes no sense", () =>
  withAna(async ({ run }) => {
    const lifeMs = 90 * 60_000;
    const said = { kind: "said", room: "general", text: "the  code\nis 1234", lifeMs };
    assert.deepEqual(await run("/expire 90m the  code\nis 1234"), said);
    for (
      const line of ["/expire", "/expire soon hello", "/expire 1h", "/expire 5s hello", "/expire 9999w hello"]
    ) {
      const outcome = await run(line);
      assert.ok(outcome.kind === "mistake" && outcome.text.includes("It is written /expire TIME TEXT"), line);
    }
  }));

Deno.test("how long a room keeps its messages is shown, set and taken back", () =>
  withAna(async ({ run, sees }) => {
    await run("/create ops");
    await sees.for("caught_up", ({ room }) => room === "ops");
    const forEver = "Messages are kept here for as long as the server keeps them.";
    assert.deepEqual(await run("/keep", "ops"), { kind: "told", text: forEver });
    const asker = answering("no", "yes");
    assert.deepEqual(await run("/keep 30d", "ops", asker), { kind: "told", text: "Nothing was changed." });
    assert.deepEqual(await run("/keep 30d", "ops", asker), { kind: "done" });
    await sees.for("event", ({ event }) => event.type === "changed" && event.retentionMs === 30 * dayMs);
    assert.deepEqual(await run("/keep", "ops"), {
      kind: "told",
      text: "Messages are kept here for 30 days.",
    });
    const about = await run("/room", "ops");
    assert.ok(about.kind === "told" && about.text.includes("kept here for 30 days"), JSON.stringify(about));
    assert.deepEqual(await run("/keep forever", "ops"), { kind: "done" });
    await sees.for("event", ({ event }) => event.type === "changed" && event.retentionMs === 0);
    assert.deepEqual(await run("/keep", "ops"), { kind: "told", text: forEver });
    for (const line of ["/keep long", "/keep 5m"]) {
      assert.equal((await run(line, "ops")).kind, "mistake", line);
    }
  }));

Deno.test("under legal hold it is said that what is older stays until the hold ends", () =>
  withAna(async ({ run, sees }) => {
    await run("/create ops");
    await sees.for("caught_up", ({ room }) => room === "ops");
    const asker = answering("yes");
    assert.deepEqual(await run("/hold on", "ops"), { kind: "done" });
    await sees.for("event", ({ event }) => event.type === "changed" && event.held === true);
    assert.deepEqual(await run("/keep 30d", "ops", asker), { kind: "done" });
    assert.match(asker.asked.join(), /is gone for good when the legal hold ends/);
  }));

Deno.test("an owner puts a room under legal hold and ends that, and it is seen in the room", () =>
  withAna(async ({ run, sees }) => {
    await run("/create ops");
    await sees.for("caught_up", ({ room }) => room === "ops");
    assert.deepEqual(await run("/hold on", "ops"), { kind: "done" });
    await sees.for("event", ({ event }) => event.type === "changed" && event.held === true);
    const kept = await run("/keep", "ops");
    assert.ok(kept.kind === "told" && kept.text.includes("under legal hold"));
    assert.deepEqual(await run("/hold on", "ops"), { kind: "told", text: "It is so already." });
    assert.deepEqual(await run("/hold off ops", "general", answering("y")), { kind: "done" });
    await sees.for("event", ({ event }) => event.type === "changed" && event.held === false);
    assert.equal((await run("/hold maybe")).kind, "mistake");
  }));

Deno.test("an owner says how long all rooms keep messages, and the other rule stays", () =>
  withAna(async ({ run }) => {
    assert.equal((await run("/policy keep 30d")).kind, "mistake", "nobody was asked");
    const set = await run("/policy keep 30d", "general", answering("yes"));
    assert.ok(set.kind === "told" && set.text.includes("kept for 30 days"), JSON.stringify(set));
    const all = await run("/policy");
    assert.ok(all.kind === "told" && /own choice.*30 days/.test(all.text), JSON.stringify(all));
    const freed = await run("/policy keep forever");
    assert.ok(freed.kind === "told" && freed.text.includes("until they are deleted"));
    assert.equal((await run("/policy keep a while")).kind, "mistake");
  }));

Deno.test("what is to be sent and saved is handed on, and what is not there is said", () =>
  withAna(async ({ run, connection }) => {
    const upload = { kind: "upload", room: "general", words: "~/my file.txt  hello" };
    assert.deepEqual(await run("/upload ~/my file.txt  hello"), upload);
    assert.equal((await run("/upload")).kind, "mistake");
    assert.deepEqual(await run("/cancel"), { kind: "cancel" });
    assert.equal((await run("/open")).kind, "mistake");
    const { seq } = await connection.say("general", "no file here");
    assert.deepEqual(await run(`/open ${seq}`), { kind: "mistake", text: `Message ${seq} has no file` });
    assert.deepEqual(await run("/open 999"), {
      kind: "mistake",
      text: "There is no message 999 here, or it was deleted",
    });
    const listed = await run("/files");
    assert.deepEqual([listed.kind, listed.kind === "messages" && listed.messages.length], ["messages", 0]);
  }));

interface Ana {
  readonly connection: Connection;
  readonly sees: Watch;
  run(line: string, room?: string, asker?: Asker): Promise<Outcome>;
}

/** The owner of a server. */
function withAna(use: (ana: Ana) => Promise<void>): Promise<void> {
  return withServer(async (server) => {
    const connection = await registered(server, "ana");
    const sees = new Watch(connection);
    try {
      await sees.for("caught_up");
      await use({
        connection,
        sees,
        async run(line, room = "general", asker) {
          const intent = understand(line);
          assert.ok(intent.kind === "run", line);
          return await intent.command.run(
            { connection, room, asker, show: () => {} },
            intent.words,
            intent.rest,
          );
        },
      });
    } finally {
      await connection.close();
    }
  });
}
