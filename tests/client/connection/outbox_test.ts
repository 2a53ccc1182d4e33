import assert from "node:assert/strict";
import { ConnectionLost } from "../../../client/connection/mod.ts";
import { Outbox, type OutboxPorts } from "../../../client/connection/outbox.ts";
import { type Answer, Refusal } from "../../../shared/protocol/mod.ts";
import { manualClock } from "../../kit/manual_clock.ts";
import { testWorld } from "../../kit/world.ts";

type Send = (ask: Parameters<OutboxPorts["send"]>[0]) => Promise<Answer<"ok">>;

function outboxThat(send: Send, ports: Partial<OutboxPorts> = {}): Outbox {
  const world = testWorld({ clock: manualClock() });
  return new Outbox(world, {
    keep: () => Promise.resolve(),
    send: async (ask, taken) => taken(await send(ask)),
    stored: () => {},
    answered: () => {},
    waiting: () => {},
    ...ports,
  });
}

Deno.test("A thousand messages may wait, and the next one is refused rather than lost", async () => {
  const outbox = outboxThat(() => Promise.reject(new ConnectionLost("down")));
  const waiting = Array.from({ length: 1_000 }, (_, at) => outbox.say("general", `${at}`));
  await assert.rejects(outbox.say("general", "one more"), /1000 messages are waiting to be sent already/);
  outbox.end("closed");
  const outcomes = await Promise.allSettled(waiting);
  assert.ok(outcomes.every(({ status }) => status === "rejected"));
});

Deno.test("Every message has a nonce of its own, which stays the same at each try", async () => {
  const nonces: (string | undefined)[] = [];
  const outbox = outboxThat(({ nonce }) => {
    nonces.push(nonce);
    if (nonces.length === 1) return Promise.reject(new ConnectionLost("down"));
    return Promise.resolve({ type: "ok", re: "1", room: "general", seq: nonces.length, time: 1 });
  });
  const saying = [outbox.say("general", "one"), outbox.say("general", "two")];
  await new Promise((resolve) => setImmediate(resolve));
  outbox.wake();
  await Promise.all(saying);
  assert.equal(nonces.length, 3);
  assert.equal(nonces[0], nonces[1]);
  assert.notEqual(nonces[1], nonces[2]);
});

Deno.test("A message is not sent before it is on disk, and is let go when it has its answer", async () => {
  const done: string[] = [];
  const disk = Promise.withResolvers<void>();
  const outbox = outboxThat(({ text }) => {
    done.push(`send ${text}`);
    if (text === "one") return Promise.resolve({ type: "ok", re: "1", room: "general", seq: 1, time: 1 });
    return Promise.reject(new Refusal("not_a_member", "No"));
  }, {
    keep({ text }) {
      done.push(`keep ${text}`);
      return disk.promise;
    },
    answered: ({ text }) => void done.push(`answered ${text}`),
  });
  const saying = Promise.allSettled(["one", "two"].map((text) => outbox.say("general", text)));
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(done, ["keep one", "keep two"]);
  disk.resolve();
  await saying;
  assert.deepEqual(done.slice(2), ["send one", "answered one", "send two", "answered two"]);
});
