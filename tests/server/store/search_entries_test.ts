import assert from "node:assert/strict";
import { openStore, type SearchWish, type Store } from "../../../server/store/mod.ts";
import { rootKeysInMemory } from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { type Feature, Tokens } from "../../../server/store/search_entries.ts";
import { limits } from "../../../shared/protocol/mod.ts";

const anything: SearchWish = {
  phrases: [],
  accountId: undefined,
  feature: undefined,
  roomIds: undefined,
  after: undefined,
  until: undefined,
  before: undefined,
};

/** A store in which these texts were said in the first room, each by its place as `seq`, and indexed. */
function storeWith(texts: readonly string[]): Store {
  const store = openStore(":memory:");
  store.commit([
    { kind: "account", account: { id: 1, name: "ana", role: "owner" }, password: "$", time: 0 },
    {
      kind: "room",
      room: {
        id: 1,
        name: "general",
        kind: "standard",
        access: "public",
        topic: undefined,
        description: undefined,
        archived: false,
        retentionMs: undefined,
        held: false,
        creatorId: undefined,
      },
      time: 0,
    },
    ...texts.map((text, index) => ({
      kind: "event" as const,
      roomId: 1,
      event: { seq: index + 1, type: "message" as const, accountId: 1, time: 1, text },
      nonce: undefined,
    })),
  ]);
  while (store.search.isBehind()) store.search.advance(() => false);
  return store;
}

function seqsOf(store: Store, wish: Partial<SearchWish>): number[] {
  const steps = [...store.search.scan({ ...anything, ...wish })];
  return steps.flatMap(({ message }) => message === undefined ? [] : [message.seq]).reverse();
}

Deno.test("a message has code where a run of backticks comes again, or a fence begins a row", () => {
  const coded = ["`a`", "see ``a ` b``", "```\na\n```", "> ~~~\n> a", "a\n   ```js\nb"];
  const plain = ["a ` b", "a `` b `", "a ~~~ b", "a"];
  const store = storeWith([...coded, ...plain]);
  assert.deepEqual(seqsOf(store, { feature: "code" }), coded.map((_, index) => index + 1));
});

Deno.test("a long text of backticks, or of empty rows, is looked at in a moment", () => {
  const texts = ["a" + "`".repeat(limits.textCodePoints - 1), "\n".repeat(limits.textCodePoints - 1) + "a"];
  const store = storeWith(texts);
  const none: Partial<Record<Feature, number[]>> = { code: seqsOf(store, { feature: "code" }) };
  assert.deepEqual(none, { code: [] });
});

Deno.test("the index does not tell how often a message says a word, nor in which order", () => {
  const opened = openDatabase(":memory:", rootKeysInMemory());
  const schema = opened.database.prepare("SELECT sql FROM sqlite_schema WHERE name = 'search'").get()?.sql;
  assert.match(String(schema), /detail = none/);
});

Deno.test("words that say the same over and over are found side by side where they are, and not elsewhere", () => {
  const store = storeWith(["tea cake ".repeat(800), `${"tea cake ".repeat(400)} tea tea`]);
  assert.deepEqual(seqsOf(store, { phrases: [["tea", "tea"]] }), [2]);
  assert.deepEqual(seqsOf(store, { phrases: [["tea", "cake", "tea"], ["cake", "tea"]] }), [1, 2]);
});

Deno.test("each word has one token of its own for a block, however long it is and whenever it is asked for", () => {
  const { keyring } = openDatabase(":memory:", rootKeysInMemory());
  const words = [
    "a",
    "b",
    "ab",
    "東京",
    "fifteen-letters",
    "sixteen--letters",
    "ü".repeat(40),
    "room 1",
    "a\0",
  ];
  const tokens = new Tokens(keyring);
  const together = tokens.of(words, 3);
  assert.equal(new Set(together).size, words.length);
  for (const token of together) assert.match(token, /^[0-9a-v]{13}3$/);
  const another = new Tokens(keyring);
  assert.deepEqual(words.toReversed().flatMap((word) => another.of([word], 3)).reverse(), together);
  assert.deepEqual(tokens.of(["a"], 4), [together[0]?.replace(/3$/, "4")]);
});

Deno.test("tokens are the same after more words than are remembered", () => {
  const { keyring } = openDatabase(":memory:", rootKeysInMemory());
  const tokens = new Tokens(keyring);
  const [first] = tokens.of(["tea"], 0);
  const many = Array.from({ length: 40_000 }, (_, index) => `w${index}`);
  assert.equal(new Set(tokens.of(many, 0)).size, many.length);
  assert.deepEqual(tokens.of(["w39999", "tea"], 0).at(-1), first);
});
