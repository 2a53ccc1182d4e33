import assert from "node:assert/strict";
import { makeReset } from "../../server/mod.ts";
import { writeAddress } from "../../server/address_file.ts";
import { openStore } from "../../server/store/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";
import { parseResetLink } from "../../shared/identity/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { withServer } from "../kit/server.ts";
import { manualClock } from "../kit/manual_clock.ts";
import { testWorld } from "../kit/world.ts";

const address = { host: "192.0.2.7", port: 7443, pin: "A".repeat(43) };
const world = testWorld({ clock: manualClock() });

Deno.test("a reset link made on the server's machine is for where the server listens, and voids the earlier one", () =>
  withDirectory((directory) => {
    writeAddress(directory, address);
    const store = openStore(`${directory}/chat.db`);
    store.commit([{
      kind: "account",
      account: { id: 1, name: "ana", role: "owner" },
      password: "$",
      time: 1,
    }]);
    const count = () => store.people.accounts().length;
    const made = makeReset({ directory, name: "Ana", twoFactor: false }, world);
    const { secret: _secret, ...where } = parseResetLink(made.link);
    assert.deepEqual(where, address);
    assert.deepEqual([made.username, made.expires], ["ana", world.clock.now() + limits.resetLifeMs]);
    assert.equal(count(), 1);
    store.close();
  }));

Deno.test("for somebody who is not there, or where no server has run, there is no link", () =>
  withDirectory((directory) => {
    const options = { directory, name: "nobody", twoFactor: false };
    assert.throws(() => makeReset(options, world), /No server has run on .* yet/);
    writeAddress(directory, address);
    openStore(`${directory}/chat.db`).close();
    assert.throws(() => makeReset(options, world), /There is nobody named "nobody" on this server/);
  }));

Deno.test("a running server takes a link that was made beside it, once", () =>
  withServer(async (server) => {
    const ana = await server.register("ana");
    const { link } = makeReset({ directory: server.directory, name: "ana", twoFactor: false }, server.world);
    const { secret } = parseResetLink(link);
    const redeem = { type: "redeem_reset", secret, password: "another long password" };
    const fresh = await server.connect();
    assert.equal((await fresh.ask(redeem)).type, "auth_success");
    assert.equal((await ana.hear()).code, "revoked");
    assert.equal((await (await server.connect()).ask(redeem)).code, "reset_invalid");
    const again = await server.connect();
    const login = { type: "login", username: "ana", password: redeem.password };
    assert.equal((await again.ask(login)).type, "auth_success");
  }));
