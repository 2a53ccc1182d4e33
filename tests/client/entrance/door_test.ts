import assert from "node:assert/strict";
import { Refusal } from "../../../shared/protocol/mod.ts";
import { doorTo, doorToScript, registered } from "../../kit/client.ts";
import { withDirectory } from "../../kit/directory.ts";
import { testPassword } from "../../kit/line_client.ts";
import { hello, type Peer, scriptedServer } from "../../kit/scripted_server.ts";
import { withServer } from "../../kit/server.ts";
import { testWorld } from "../../kit/world.ts";

function refusedWith(code: string): (error: Error) => boolean {
  return (error) => error instanceof Refusal && error.code === code;
}

Deno.test("Somebody who mistypes the password may try again at the same door", () =>
  withServer(async (server) => {
    await (await registered(server, "ana")).close();
    const door = await doorTo(server);
    assert.equal(door.hello.registration, "open");
    await assert.rejects(door.login("ana", "not the password at all"), refusedWith("auth_failed"));
    await assert.rejects(door.register("Ana", testPassword), refusedWith("username_exists"));
    const connection = await door.login("ana", testPassword);
    const { username, role } = connection.model().me;
    assert.deepEqual([username, role], ["ana", "owner"]);
    assert.deepEqual([...connection.model().rooms.keys()], ["general"]);
    await connection.close();
  }));

Deno.test("A saved token opens the next connection, and the one after that", () =>
  withServer(async (server) => {
    await (await registered(server, "ana")).close();
    for (let times = 0; times < 3; times++) {
      const connection = await (await doorTo(server)).resume("Ana");
      assert.equal(connection.model().me.username, "ana");
      await connection.close();
    }
    const door = await doorTo(server);
    await assert.rejects(door.resume("ben"), refusedWith("token_invalid"));
    door.close();
  }));

Deno.test("A server that hung up on somebody who took long is knocked at again", () =>
  withDirectory(async (directory) => {
    let knocks = 0;
    const dismissed = Promise.withResolvers<void>();
    async function talk(peer: Peer): Promise<void> {
      await peer.say(hello);
      if (knocks++ === 0) {
        await peer.say({ type: "error", re: undefined, code: "auth_timeout", message: "Too slow" });
        await peer.hear();
        return dismissed.resolve();
      }
      const login = await peer.hear();
      await peer.say({
        type: "auth_success",
        re: login?.id ?? "",
        user: { username: "ana", role: "member" },
        token: "t1",
        rooms: [],
      });
      const quit = await peer.hear();
      await peer.say({ type: "ok", re: quit?.id ?? "" });
    }
    await using server = await scriptedServer({ directory, talk });
    const door = await doorToScript(server, directory, testWorld());
    await dismissed.promise;
    const connection = await door.login("ana", testPassword);
    await connection.close();
    assert.deepEqual(server.heard.map(({ type }) => type), ["login", "quit"]);
  }));

Deno.test("The name of the device goes with every way in, and the proof of an earlier one with the login", () =>
  withDirectory(async (directory) => {
    await using server = await scriptedServer({ directory, talk: admitOnce });
    const knock = () => doorToScript(server, directory, testWorld(), "terminal on desk");
    await (await (await knock()).register("ana", testPassword)).close();
    await (await (await knock()).login("Ana", testPassword, "123456")).close();
    await (await (await knock()).login("ben", testPassword)).close();
    await (await (await knock()).redeemReset("secret", testPassword, "123456")).close();
    const entries = server.heard.filter(({ type }) => type !== "quit");
    assert.deepEqual(entries.map(({ id: _, ...entry }) => entry), [
      { type: "register", username: "ana", password: testPassword, deviceName: "terminal on desk" },
      {
        type: "login",
        username: "Ana",
        password: testPassword,
        code: "123456",
        deviceName: "terminal on desk",
        deviceProof: "p1",
      },
      { type: "login", username: "ben", password: testPassword, deviceName: "terminal on desk" },
      {
        type: "redeem_reset",
        secret: "secret",
        password: testPassword,
        code: "123456",
        deviceName: "terminal on desk",
      },
    ]);
  }));

Deno.test("The proof that comes with a new password is used at the next login", () =>
  withDirectory(async (directory) => {
    let talks = 0;
    async function talk(peer: Peer): Promise<void> {
      if (talks++ > 0) return await admitOnce(peer);
      await admit(peer);
      const change = await peer.hear();
      await peer.say({ type: "ok", re: change?.id ?? "", deviceProof: "p2" });
      const quit = await peer.hear();
      await peer.say({ type: "ok", re: quit?.id ?? "" });
    }
    await using server = await scriptedServer({ directory, talk });
    const knock = () => doorToScript(server, directory, testWorld());
    const connection = await (await knock()).login("ana", testPassword);
    await connection.request({ type: "change_password", current: testPassword, password: "a new one" });
    await connection.close();
    await (await (await knock()).login("ana", "a new one")).close();
    const proofs = server.heard.filter(({ type }) => type === "login").map(({ deviceProof }) => deviceProof);
    assert.deepEqual(proofs, [undefined, "p2"]);
  }));

async function admitOnce(peer: Peer): Promise<void> {
  await admit(peer);
  const quit = await peer.hear();
  await peer.say({ type: "ok", re: quit?.id ?? "" });
}

async function admit(peer: Peer): Promise<void> {
  await peer.say(hello);
  const heard = await peer.hear();
  const user = { username: "ana", role: "member" } as const;
  await peer.say({
    type: "auth_success",
    re: heard?.id ?? "",
    user,
    token: "t1",
    deviceProof: "p1",
    rooms: [],
  });
}

Deno.test("A token that is no longer good is forgotten", () =>
  withDirectory(async (directory) => {
    async function talk(peer: Peer): Promise<void> {
      await peer.say(hello);
      for (let heard = await peer.hear(); heard !== undefined; heard = await peer.hear()) {
        if (heard.type === "resume") {
          await peer.say({ type: "error", re: heard.id, code: "token_invalid", message: "Log in again" });
        } else {
          const user = { username: "ana", role: "member" } as const;
          await peer.say({ type: "auth_success", re: heard.id, user, token: "t1", rooms: [] });
        }
      }
    }
    await using server = await scriptedServer({ directory, talk });
    const connection = await (await doorToScript(server, directory, testWorld())).login("ana", testPassword);
    const door = await doorToScript(server, directory, testWorld());
    await assert.rejects(door.resume("ana"), /Log in again/);
    await assert.rejects(door.resume("ana"), /No login is saved here/);
    assert.equal(server.heard.filter(({ type }) => type === "resume").length, 1);
    door.close();
    await server[Symbol.asyncDispose]();
    await connection.close();
  }));
