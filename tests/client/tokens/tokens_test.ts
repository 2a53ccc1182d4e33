import assert from "node:assert/strict";
import { join } from "node:path";
import { openTokens } from "../../../client/tokens/mod.ts";
import { systemClock } from "../../../shared/world/mod.ts";
import { modeOf, withDirectory } from "../../kit/directory.ts";

const ana = { pin: "pin", username: "ana" };
const ben = { pin: "pin", username: "ben" };
const clock = systemClock();

Deno.test("Tokens are kept by server and name, in a file of the user alone, the last used first", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    assert.deepEqual(tokens.usernames("pin"), []);
    await tokens.keep(ana, { token: "a1" });
    await tokens.keep(ben, { token: "b1" });
    await tokens.keep({ pin: "other", username: "ana" }, { token: "o1" });
    assert.deepEqual(tokens.usernames("pin"), ["ben", "ana"]);
    await tokens.exchange(ana, (token) => Promise.resolve({ token: `${token}+` }));
    assert.deepEqual(openTokens(data, clock).usernames("pin"), ["ana", "ben"]);
    assert.equal(await tokenOf(data, ana), "a1+");
    assert.equal(modeOf(join(data, "client", "tokens.json")), 0o600);
    assert.equal(modeOf(join(data, "client")), 0o700);
  }));

Deno.test("Two terminals that resume at once use one token after the other, never one twice", () =>
  withDirectory(async (data) => {
    await openTokens(data, clock).keep(ana, { token: "0" });
    const used: (string | undefined)[] = [];
    await Promise.all(Array.from({ length: 5 }, () =>
      openTokens(data, clock).exchange(ana, async (token) => {
        used.push(token);
        await Promise.resolve();
        return { token: String(Number(token) + 1) };
      })));
    assert.deepEqual(used, ["0", "1", "2", "3", "4"]);
    assert.equal(await tokenOf(data, ana), "5");
  }));

Deno.test("A token whose use fails stays, and is forgotten only while it is still the same", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    await tokens.keep(ana, { token: "a1" });
    await assert.rejects(tokens.exchange(ana, () => Promise.reject(new Error("lost"))), /lost/);
    await tokens.forget(ana, "a0");
    assert.equal(await tokenOf(data, ana), "a1");
    await tokens.forget(ana, "a1");
    assert.deepEqual(tokens.usernames("pin"), []);
  }));

Deno.test("The proof of a device stays when its token goes, and when a later answer brings none", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    assert.equal(tokens.deviceProof(ana), undefined);
    await tokens.keep(ana, { token: "a1", deviceProof: "p1" });
    await tokens.exchange(ana, () => Promise.resolve({ token: "a2" }));
    await tokens.forget(ana, "a2");
    assert.deepEqual([tokens.usernames("pin"), tokens.deviceProof(ana)], [[], "p1"]);
    assert.equal(await tokenOf(data, ana), undefined);
    await tokens.keep(ana, { token: "a3", deviceProof: "p2" });
    assert.deepEqual([openTokens(data, clock).deviceProof(ana), tokens.deviceProof(ben)], ["p2", undefined]);
  }));

Deno.test("Another proof takes the place of the one from before, and leaves the token alone", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    await tokens.keep(ana, { token: "a1", deviceProof: "p1" });
    await tokens.keepProof(ana, "p2");
    await tokens.keepProof(ben, "q1");
    assert.deepEqual([tokens.deviceProof(ana), tokens.deviceProof(ben)], ["p2", "q1"]);
    assert.deepEqual([await tokenOf(data, ana), tokens.usernames("pin")], ["a1", ["ana"]]);
  }));

Deno.test("A file that an earlier version wrote is read as before", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    await tokens.keep(ben, { token: "b1" });
    const saved = JSON.stringify([{ pin: "pin", username: "ana", token: "a1" }]);
    Deno.writeTextFileSync(join(data, "client", "tokens.json"), saved);
    assert.deepEqual([tokens.usernames("pin"), tokens.deviceProof(ana)], [["ana"], undefined]);
  }));

Deno.test("A damaged file of tokens is told of in one sentence", () =>
  withDirectory(async (data) => {
    const tokens = openTokens(data, clock);
    await tokens.keep(ana, { token: "a1" });
    for (const text of ["{", "{}", '[{"pin":1}]', "null", '[{"pin":"p","username":"u","token":1}]']) {
      Deno.writeTextFileSync(join(data, "client", "tokens.json"), text);
      assert.throws(() => tokens.usernames("pin"), /Cannot understand ".*tokens\.json".*log in once more/);
    }
  }));

async function tokenOf(data: string, login: typeof ana): Promise<string | undefined> {
  let seen: string | undefined;
  await openTokens(data, clock).exchange(login, (token) => {
    seen = token;
    return Promise.resolve({ token: token ?? "" });
  });
  return seen;
}
