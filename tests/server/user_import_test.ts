import assert from "node:assert/strict";
import { importUsers } from "../../server/mod.ts";
import { openStore } from "../../server/store/mod.ts";
import { LineClient } from "../kit/line_client.ts";
import { type TestServer, withServer } from "../kit/server.ts";
import { troubleOf } from "../kit/trouble.ts";

/** What `htpasswd -nbB -C 5 NAME "open sesame"` writes, and what other programs do. */
const bcryptHash = "$2y$05$CCCCCCCCCCCCCCCCCCCCC.";
const argon2idHash =
  "$argon2id$v=19$m=19456,t=2,p=1$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";
const strong = bcryptHash.replace("$05$", "$15$") + "x".repeat(31);
const usual = bcryptHash + "x".repeat(31);

/** A server that has an owner, and was stopped. */
function withStoppedServer(use: (server: TestServer) => Promise<void> | void): Promise<void> {
  return withServer(async (server) => {
    (await server.register("ana")).close();
    await server.stop();
    await use(server);
  });
}

function importInto({ directory, world }: TestServer, ...lines: readonly string[]): number {
  return importUsers({ directory, text: lines.join("\n") }, world);
}

Deno.test("imported people are members of the first room, with the roles that the file gives them", () =>
  withStoppedServer(async (server) => {
    const lines = [
      "# from the old server",
      "",
      `Ben:${usual}`,
      `cleo:${argon2idHash}:admin`,
      `dan:${usual}:guest\r`,
    ];
    assert.equal(importInto(server, ...lines), 3);
    await server.start();
    using ana = await LineClient.open(server.port, server.authorityPem);
    await ana.login("ana");
    const { users } = await ana.ask({ type: "who", room: "general" });
    assert.deepEqual(users.map(({ username }: { username: string }) => username), [
      "ana",
      "ben",
      "cleo",
      "dan",
    ]);
    const { messages } = await ana.ask({ type: "history", room: "general" });
    assert.deepEqual(messages.map(({ seq, type }: { seq: number; type: string }) => [seq, type]), [
      [1, "joined"],
      [2, "joined"],
      [3, "joined"],
      [4, "joined"],
    ]);
    const store = openStore(`${server.directory}/chat.db`);
    assert.deepEqual(store.people.accounts().map(({ role }) => role), ["owner", "member", "admin", "guest"]);
    store.close();
  }));

Deno.test("one mistake keeps everybody out, and each is told with its line and without its hash", () =>
  withStoppedServer((server) => {
    const message = troubleOf(() =>
      importInto(
        server,
        `ben:${usual}`,
        usual,
        `x:${usual}`,
        `cleo:${strong}`,
        "dan:$apr1$abcdefgh$secretsecretsecret",
        `eve:${usual}:owner`,
        `BEN:${usual}`,
        `fay:${argon2idHash.replace("m=19456,t=2", "m=9999999,t=99")}`,
        `gil:${usual}:member:more`,
      )
    );
    for (let line = 2; line <= 9; line++) {
      assert.ok(message.includes(`Line ${line}: `), `${line} in ${message}`);
    }
    assert.ok(!message.includes("Line 1:"));
    for (const secret of ["CCCC", "secret", "AAEC", "xxxx"]) assert.ok(!message.includes(secret), message);
    assert.match(message, /Line 7: "ben" is in line 1 already/);
    assert.match(message, /cost of 15.*at most 12.*chat user reset/);
    assert.match(
      troubleOf(() => importInto(server, `ben:${usual}`, `ana:${usual}`)),
      /Line 2: "ana" has an account/,
    );
    const store = openStore(`${server.directory}/chat.db`);
    assert.equal(store.people.accounts().length, 1);
    store.close();
  }));

Deno.test("nothing is imported under a server that runs, into one that nobody owns, or into none", () =>
  withServer(async (server) => {
    assert.match(troubleOf(() => importInto(server, `ben:${usual}`)), /is running. Stop it, import/);
    await server.stop();
    assert.match(troubleOf(() => importInto(server, `ben:${usual}`)), /Nobody owns this server yet/);
    const nowhere = { directory: `${server.data}/nowhere`, text: `ben:${usual}` };
    assert.match(troubleOf(() => importUsers(nowhere, server.world)), /No server has run/);
  }));
