import assert from "node:assert/strict";
import { makeInvite } from "../../server/mod.ts";
import { openStore } from "../../server/store/mod.ts";
import { parseInviteLink } from "../../shared/identity/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { testWorld } from "../kit/world.ts";

const pin = "A".repeat(43);
const world = testWorld({ clock: manualClock() });
const usual = { uses: "1", expires: "72h" };

/** A data directory as a server leaves it. */
async function withServersData(owned: boolean, use: (directory: string) => void): Promise<void> {
  await withDirectory((directory) => {
    Deno.writeTextFileSync(`${directory}/address`, JSON.stringify({ host: "192.0.2.7", port: 7443, pin }));
    const store = openStore(`${directory}/chat.db`);
    if (owned) {
      store.commit([{
        kind: "account",
        account: { id: 1, name: "ana", role: "owner" },
        password: "$",
        time: 1,
      }]);
    }
    store.close();
    use(directory);
  });
}

Deno.test("an invite is a link to where the server listens, and is kept only as a hash", () =>
  withServersData(true, (directory) => {
    const { link, uses, expires } = makeInvite({ directory, uses: "3", expires: "90m" }, world);
    const { host, port, secret, pin: linkPin } = parseInviteLink(link);
    assert.deepEqual([host, port, linkPin], ["192.0.2.7", 7443, pin]);
    assert.deepEqual([uses, expires], [3, world.clock.now() + 90 * 60_000]);
    for (const { name, isFile } of Deno.readDirSync(directory)) {
      if (!isFile) continue;
      assert.ok(!new TextDecoder().decode(Deno.readFileSync(`${directory}/${name}`)).includes(secret));
    }
  }));

Deno.test("uses and times that will not do are refused with what would", () =>
  withServersData(true, (directory) => {
    for (const uses of ["0", "1001", "1.5", "many", "", "-1"]) {
      assert.throws(() => makeInvite({ directory, ...usual, uses }, world), /--uses.*from 1 to 1000/);
    }
    for (const expires of ["", "72", "0h", "31d", "1s", "1w", "h", "-1h", "1.5h"]) {
      assert.throws(() => makeInvite({ directory, ...usual, expires }, world), /--expires.*from 1m to 30d/);
    }
    for (const expires of ["1m", "30d", "720h"]) makeInvite({ directory, ...usual, expires }, world);
  }));

Deno.test("without a server, or without its owner, there is nobody to be invited to", async () => {
  await withDirectory((directory) => {
    assert.throws(() => makeInvite({ directory, ...usual }, world), /No server has run on .* yet/);
    assert.deepEqual([...Deno.readDirSync(directory)], []);
  });
  await withServersData(false, (directory) => {
    assert.throws(() => makeInvite({ directory, ...usual }, world), /Nobody owns this server yet/);
  });
});
