import assert from "node:assert/strict";
import { makeBot } from "../../server/bot.ts";
import { parseBotLink } from "../../shared/identity/mod.ts";
import { withServer } from "../kit/server.ts";

Deno.test("a bot that is made beside a running server gets a link with which it comes in", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const { directory, world } = server;
    const link = parseBotLink(makeBot({ directory, name: "Deploy", scopes: "send, read" }, world).link);
    assert.equal(link.port, server.port);
    await server.stop();
    assert.equal((await ana.hear()).code, "shutting_down");
    await server.start();
    using bot = await server.connect();
    const welcome = await bot.ask({ type: "bot_login", token: link.token });
    assert.deepEqual(welcome.user, { username: "deploy", role: "guest", scopes: ["read", "send"] });
  }));

Deno.test("a bot is not made of what will not do", () =>
  withServer(async (server) => {
    using _ana = await server.register("ana");
    const { directory, world } = server;
    const make = (name: string, scopes: string) => () => makeBot({ directory, name, scopes }, world);
    assert.throws(make("ana", "send"), /name "ana" is taken/);
    assert.throws(make("!", "send"), /"!" will not do: A name has/);
    assert.throws(make("deploy", "everything"), /takes some of read, send, files/);
    assert.throws(make("deploy", ""), /takes some of/);
    make("deploy", "send")();
    assert.throws(make("deploy", "send"), /name "deploy" is taken/);
    assert.throws(
      () => makeBot({ directory: "/nowhere", name: "deploy", scopes: "send" }, world),
      /No server has run/,
    );
  }));
