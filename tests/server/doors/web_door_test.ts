import assert from "node:assert/strict";
import { withServer } from "../../kit/server.ts";
import { WebClient } from "../../kit/web_client.ts";

const wishes = { "server.web_port": "0" };

Deno.test("a browser logs in by a cookie that no script reads, and talks over a WebSocket", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    using web = new WebClient(server);
    const welcome = await web.register("ben");
    assert.deepEqual(welcome.user, { username: "ben", role: "member" });
    assert.equal(welcome.token, undefined);
    assert.match(web.cookie ?? "", /^__Host-chat=[\w-]{22}\.[\w-]{43}$/);

    const line = await web.connect();
    assert.equal((await line.hear()).type, "auth_required");
    const resumed = await line.ask({ type: "resume", cursors: {} });
    assert.equal(resumed.user.username, "ben");
    assert.equal(resumed.token, undefined);
    await ana.ask({ type: "send", room: "general", text: "hello" });
    assert.equal((await line.hear(({ type }) => type === "message")).text, "hello");
    const said = await line.ask({ type: "send", room: "general", text: "from\nthe web" });
    assert.equal(said.type, "ok");
    assert.equal((await ana.hearWhere(({ type }) => type === "message")).text, "from\nthe web");
    await line.close();
  }, { wishes }));

Deno.test("several tabs come in by the same cookie, and again after the server was started anew", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await web.register("ana");
    const one = await web.connect(), other = await web.connect();
    assert.equal((await one.ask({ type: "resume" })).type, "auth_success");
    assert.equal((await other.ask({ type: "resume" })).type, "auth_success");
    await server.stop();
    await Promise.all([one.closed, other.closed]);
    await server.start({ "server.web_port": new URL(web.origin).port });
    const again = await web.connect();
    assert.equal((await again.ask({ type: "resume" })).type, "auth_success");
    await again.close();
  }, { wishes }));

Deno.test("other sites, and whoever has no cookie, get no line", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await assert.rejects(web.connect(), /refused/);
    await web.register("ana");
    await assert.rejects(web.connect("https://elsewhere.example"), /refused/);
    const frame = { type: "login", id: "1", username: "ana", password: "x" };
    const foreign = await web.post("/enter", frame, "https://elsewhere.example");
    assert.equal(foreign.status, 403);
    assert.equal((await foreign.json()).code, "forbidden");
    const line = await web.connect();
    await line.close();
  }, { wishes }));

Deno.test("a cookie's token opens nothing but the web door, and another token opens no web door", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await web.register("ana");
    const token = web.cookie?.slice("__Host-chat=".length);
    using stranger = await server.connect();
    assert.equal((await stranger.ask({ type: "resume", token })).code, "token_invalid");
    using ben = await server.register("ben");
    web.cookie = `__Host-chat=${ben.token}`;
    const line = await web.connect();
    assert.equal((await line.ask({ type: "resume" })).code, "token_invalid");
    await line.close();
  }, { wishes }));

Deno.test("whoever leaves is logged out on the server too", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await web.register("ana");
    const { cookie } = web;
    const left = await web.post("/leave", {});
    assert.equal(left.status, 204);
    assert.equal(web.cookie, "__Host-chat=");
    web.cookie = cookie;
    const line = await web.connect();
    assert.equal((await line.ask({ type: "resume" })).code, "token_invalid");
    await line.close();
  }, { wishes }));

Deno.test("a file is fetched by who may read it, whole or from where it broke off, and never as a page", () =>
  withServer(async (server) => {
    using ana = await server.register("ana");
    const bytes = new TextEncoder().encode("<script>alert(1)</script>".repeat(5_000));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toBase64({
      alphabet: "base64url",
      omitPadding: true,
    });
    const begun = await ana.ask({
      type: "upload",
      room: "general",
      name: "a.html",
      size: bytes.length,
      digest,
      mediaType: "text/html",
    });
    for (let at = 0; at < bytes.length; at += begun.chunkBytes) {
      const data = bytes.subarray(at, at + begun.chunkBytes).toBase64();
      const answer = await ana.ask({ type: "put", file: begun.file, at, data });
      assert.equal(answer.type, "upload");
    }
    using web = new WebClient(server);
    const path = `/files/${begun.file}`;
    assert.equal((await web.fetch(path)).status, 401);
    await web.register("ben");
    const unsent = await web.fetch(path);
    assert.equal(unsent.status, 404);
    assert.equal((await unsent.json()).code, "no_such_file");
    await ana.ask({ type: "send", room: "general", text: "here", files: [begun.file] });

    const whole = await web.fetch(path);
    assert.equal(whole.headers.get("content-type"), "application/octet-stream");
    assert.equal(whole.headers.get("content-disposition"), "attachment");
    assert.match(whole.headers.get("content-security-policy") ?? "", /sandbox/);
    assert.deepEqual(await whole.bytes(), bytes);
    const rest = await web.fetch(path, {
      headers: { range: "bytes=100000-", "if-range": whole.headers.get("etag") ?? "" },
    });
    assert.equal(rest.status, 206);
    assert.equal(rest.headers.get("content-range"), `bytes 100000-124999/125000`);
    assert.deepEqual(await rest.bytes(), bytes.subarray(100_000));
  }, { wishes }));

Deno.test("what is not a line of the protocol ends a WebSocket, and a member is told why", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await web.register("ana");
    const line = await web.connect();
    line.say("no frame");
    assert.equal((await line.hear(({ type }) => type === "error")).code, "bad_frame");
    await line.ask({ type: "resume" });
    line.say(JSON.stringify({ type: "send", id: "x", text: "x".repeat(200_000) }));
    assert.equal((await line.hear(({ type }) => type === "error")).code, "line_too_long");
    await line.closed;
  }, { wishes }));

Deno.test("whoever sends a great many short lines is cut off", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    web.cookie = "__Host-chat=anything";
    const line = await web.connect();
    // The first ones are refused, and the others wait until the next may be heard.
    for (let lines = 0; lines < 20_000; lines++) line.say("x");
    await line.closed;
    assert.equal((await web.post("/leave", {})).status, 204);
  }, { wishes: { ...wishes, "limits.rates": "on" } }));

Deno.test("a page sees no token, though another answer has the same id as its login", () =>
  withServer(async (server) => {
    using web = new WebClient(server);
    await web.register("ana");
    const line = await web.connect();
    for (let asks = 0; asks < 20; asks++) line.say('{"type":"authority","id":"1"}');
    line.say('{"type":"resume","id":"1"}');
    const welcome = await line.hear(({ type }) => type === "auth_success");
    assert.deepEqual([welcome.user.username, welcome.re, welcome.token], ["ana", "1", undefined]);
    await line.close();
  }, { wishes }));
