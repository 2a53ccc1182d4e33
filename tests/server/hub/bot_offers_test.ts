import assert from "node:assert/strict";
import { BotOffers, newBotOffer } from "../../../server/hub/bot_offers.ts";
import { SessionBench } from "../../kit/sessions.ts";

Deno.test("a bot that was made beside a running server comes in a moment later", async () => {
  const bench = new SessionBench();
  const offers = new BotOffers(bench.hub);
  offers.start();
  const { token, offer } = newBotOffer("deploy", ["send"], bench.world);
  bench.store.commit([{ kind: "bot_offer", offer }]);
  assert.equal((await bench.connect().asks({ type: "bot_login", token })).code, "token_invalid");
  bench.clock.advance(1_000);
  const session = await bench.opened({ type: "bot_login", token });
  assert.deepEqual(session.sink.frames.at(-1).user.scopes, ["send"]);
  assert.deepEqual(bench.store.people.botOffers(), []);
  offers.stop();
});

Deno.test("a bot whose name somebody took in that moment is none, and nobody else loses anything", async () => {
  const bench = new SessionBench();
  const { token, offer } = newBotOffer("ana", ["send"], bench.world);
  bench.store.commit([{ kind: "bot_offer", offer }]);
  const ana = await bench.guest("ana");
  new BotOffers(bench.hub).look();
  await bench.settle();
  assert.equal((await bench.connect().asks({ type: "bot_login", token })).code, "token_invalid");
  assert.equal((await ana.asks({ type: "rooms" })).type, "rooms");
  assert.deepEqual(bench.store.people.botOffers(), []);
  assert.equal(bench.logged("bot_name_taken").length, 1);
});
