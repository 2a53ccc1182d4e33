import assert from "node:assert/strict";
import { AccountPace, AccountPaces } from "../../../server/sessions/account_pace.ts";
import { limits, type Request } from "../../../shared/protocol/mod.ts";
import { refusalOf } from "../../kit/refusals.ts";

const ping: Request = { type: "ping", id: "1" };

function send(text: string): Request {
  return { type: "send", id: "1", room: "general", text };
}

/** How many of these are taken at the time `now` before one is refused. */
function taken(pace: AccountPace, request: Request, now: number): number {
  for (let count = 0;; count++) {
    try {
      pace.take(request, now);
    } catch {
      return count;
    }
  }
}

Deno.test("an account has four times a session's pace, for requests and for messages", () => {
  assert.equal(taken(new AccountPace(), ping, 0), 4 * limits.requestBurst);
  const pace = new AccountPace();
  assert.equal(taken(pace, send("hi"), 0), 4 * limits.messageBurst);
  assert.equal(taken(pace, send("hi"), 1_000), 4 * limits.messagesPerSecond);
});

Deno.test("long messages are bounded by their bytes", () => {
  const pace = new AccountPace();
  const longest = send("\u{1f600}".repeat(limits.textCodePoints));
  assert.equal(taken(pace, longest, 0), Math.floor(limits.accountTextBurstBytes / 32_000));
  assert.ok(taken(pace, longest, 2_000) <= 2 * limits.accountTextBytesPerSecond / 32_000 + 1);
});

Deno.test("edits and drafts are no way around what messages are bounded by", () => {
  const text = "\u{1f600}".repeat(limits.textCodePoints);
  const edit: Request = { type: "edit", id: "1", room: "general", seq: 2, text: "hi" };
  const draft: Request = { type: "draft", id: "1", room: "general", text };
  const pace = new AccountPace();
  assert.equal(taken(pace, edit, 0), limits.accountMessageBurst);
  assert.equal(taken(pace, send("hi"), 0), 0);
  const most = Math.floor(limits.accountTextBurstBytes / 32_000);
  assert.equal(taken(new AccountPace(), { ...edit, text }, 0), most);
  assert.equal(taken(new AccountPace(), draft, 0), most);
});

Deno.test("an account that searches on all its sessions is bounded too", () => {
  const pace = new AccountPace();
  const search: Request = { type: "search", id: "1", text: "tea" };
  assert.equal(taken(pace, search, 0), limits.accountSearchBurst);
  assert.equal(taken(pace, search, 1_000), limits.accountSearchesPerSecond);
  assert.equal(taken(pace, { type: "threads", id: "1" }, 2_000), limits.accountSearchesPerSecond);
});

Deno.test("a refusal says how long to wait, and never so short that all sessions try at once", () => {
  const pace = new AccountPace();
  taken(pace, ping, 0);
  const { code, retryAfterMs } = refusalOf(() => pace.take(undefined, 0));
  assert.deepEqual([code, retryAfterMs], ["rate_limited", 500]);
  pace.take(ping, 500);
});

Deno.test("each account has a pace of its own, and the same one each time", () => {
  const paces = new AccountPaces();
  const ana = {}, ben = {};
  assert.equal(paces.of(ana), paces.of(ana));
  assert.notEqual(paces.of(ana), paces.of(ben));
});
