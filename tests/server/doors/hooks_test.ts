import assert from "node:assert/strict";
import type { LineClient } from "../../kit/line_client.ts";
import { type TestServer, withServer } from "../../kit/server.ts";
import { WebClient } from "../../kit/web_client.ts";

const wishes = { "server.web_port": "0" };
const json = { "content-type": "application/json" };

/** An owner in a room with a bot of these scopes, and the way to its webhook. */
async function hookIn(
  server: TestServer,
  scopes: readonly string[],
): Promise<{ ana: LineClient; path: string }> {
  const ana = await server.register("ana");
  const bot = await ana.ask({ type: "make_bot", username: "deploy", scopes });
  await ana.ask({ type: "create", room: "alerts" });
  await ana.ask({ type: "add", room: "alerts", username: "deploy" });
  return { ana, path: `/hooks/${bot.token}/alerts` };
}

Deno.test("a webhook says what it is sent, as JSON, as a form and as text", () =>
  withServer(async (server) => {
    const { ana, path } = await hookIn(server, ["send"]);
    using _ana = ana;
    using web = new WebClient(server);
    const bodies: readonly [string | undefined, string][] = [
      ["application/json", '{"text": "one"}'],
      ["application/x-www-form-urlencoded", '{"text": "two"}'],
      ["application/x-www-form-urlencoded", `payload=${encodeURIComponent('{"text": "three"}')}`],
      ["text/plain; charset=utf-8", "four\n"],
    ];
    for (const [type, body] of bodies) {
      const response = await web.fetch(path, {
        method: "POST",
        body,
        headers: type === undefined ? {} : { "content-type": type },
      });
      const { ok, room, seq } = await response.json();
      assert.deepEqual({ status: response.status, ok, room }, { status: 200, ok: true, room: "alerts" });
      const heard = await ana.hearWhere(({ type }) => type === "message");
      assert.equal(heard.seq, seq);
      assert.equal(heard.from, "deploy");
    }
    const { messages } = await ana.ask({ type: "history", room: "alerts" });
    const texts = messages.filter(({ type }: { type: string }) => type === "message").map((
      each: { text: string },
    ) => each.text);
    assert.deepEqual(texts, ["one", "two", "three", "four"]);
  }, { wishes }));

Deno.test("a webhook says with a nonce what it says once", () =>
  withServer(async (server) => {
    const { ana, path } = await hookIn(server, ["send"]);
    using _ana = ana;
    using web = new WebClient(server);
    const body = '{"text": "x", "nonce": "build-7"}';
    const post = async () =>
      (await (await web.fetch(path, { method: "POST", body, headers: json })).json()).seq;
    assert.equal(await post(), await post());
  }, { wishes }));

Deno.test("a webhook refuses with the status that says why", () =>
  withServer(async (server) => {
    const { ana, path } = await hookIn(server, ["send"]);
    using _ana = ana;
    using web = new WebClient(server);
    const post = async (to: string, body: string, method = "POST") => {
      const response = await web.fetch(to, method === "POST" ? { method, body, headers: json } : { method });
      return [response.status, (await response.json()).code];
    };
    assert.deepEqual(await post(path.replace("/alerts", "x/alerts"), '{"text": "x"}'), [
      401,
      "token_invalid",
    ]);
    assert.deepEqual(await post("/hooks/nothing/alerts", '{"text": "x"}'), [401, "token_invalid"]);
    assert.deepEqual(await post(path.replace("alerts", "general"), '{"text": "x"}'), [403, "not_a_member"]);
    assert.deepEqual(await post(path, "not JSON"), [400, "bad_frame"]);
    assert.deepEqual(await post(path, '{"text": 5}'), [400, "bad_request"]);
    assert.deepEqual(await post(path, '{"text": ""}'), [400, "text_invalid"]);
    assert.deepEqual(await post(path, JSON.stringify({ text: "x".repeat(200_000) })), [413, "too_large"]);
    assert.deepEqual(await post(path, "", "GET"), [400, "bad_request"]);
  }, { wishes }));

Deno.test("a webhook of a bot that may not send says nothing", () =>
  withServer(async (server) => {
    const { ana, path } = await hookIn(server, ["read"]);
    using _ana = ana;
    using web = new WebClient(server);
    const response = await web.fetch(path, { method: "POST", body: '{"text": "x"}' });
    assert.deepEqual([response.status, (await response.json()).code], [403, "forbidden"]);
  }, { wishes }));
