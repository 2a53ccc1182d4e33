import assert from "node:assert/strict";
import { troubleText } from "../../client/trouble_text.ts";
import { Refusal } from "../../shared/protocol/mod.ts";

Deno.test("whoever has to wait is told how long, where the server says it", () => {
  assert.equal(
    troubleText(new Refusal("rate_limited", "Too many failed logins", { retryAfterMs: 1_200_000 })),
    "Too many failed logins. The next try is possible in 20 min.",
  );
  assert.equal(troubleText(new Refusal("forbidden", "Not yours")), "Not yours.");
});

Deno.test("a mistake of this program has no words for people", () => {
  assert.equal(troubleText(new TypeError("x is undefined")), undefined);
});
