/** Rooms may hold a million events: what is asked of the store must not read them all. */
import assert from "node:assert/strict";
import { rootKeysInMemory } from "../../../server/keyring/mod.ts";
import { openDatabase } from "../../../server/store/database.ts";
import { storeOn } from "../../../server/store/store.ts";

/** Every statement that the store prepares, each with how SQLite goes about it. */
function plans(): ReadonlyMap<string, string> {
  const opened = openDatabase(":memory:", rootKeysInMemory());
  const { database } = opened;
  const statements = new Set<string>();
  const watched = new Proxy(database, {
    get: (target, name) => {
      if (name !== "prepare") return Reflect.get(target, name, target);
      return (sql: string) => {
        statements.add(sql);
        return target.prepare(sql);
      };
    },
  });
  storeOn({ ...opened, database: watched });
  return new Map([...statements].map((sql) => {
    const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all();
    return [sql, steps.map(({ detail }) => String(detail)).join("; ")];
  }));
}

/** Columns by which a few events of a room are found, each with the indexes that do. */
const finders: readonly (readonly [asked: RegExp, index: RegExp])[] = [
  [/\bevent\b[^]*\bnonce = \?/, /event_by_nonce/],
  [/\bevent\b[^]*\bthread = \?/, /event_by_thread|event_replies/],
  [/\bevent\b[^]*\btarget = \?/, /event_reaction/],
  [/\bevent\b[^]*\bpinned = 1/, /event_pinned/],
];

for (const [asked, index] of finders) {
  Deno.test(`what is asked by ${asked.source} is found by an index`, () => {
    const found = [...plans()].filter(([sql]) => asked.test(sql) && !/^\s*INSERT/.test(sql));
    assert.ok(found.length > 0);
    for (const [sql, plan] of found) assert.match(plan, index, sql);
  });
}

Deno.test("no statement but those of the start reads a table of events or of what belongs to them whole", () => {
  for (const [sql, plan] of plans()) {
    assert.doesNotMatch(plan, /SCAN (event|revision|mention|thread_mark|draft)\b/, sql);
    // The newest event of a room is the first that is looked at.
    if (/WHERE room_id = room.id ORDER BY seq DESC LIMIT 1/.test(sql)) continue;
    assert.doesNotMatch(plan, /SEARCH event USING PRIMARY KEY \(room_id=\?\)(;|$)/, sql);
  }
});

Deno.test("what is unread is counted without a look at events of other kinds, of which there may be any number", () => {
  const counting = [...plans()].filter(([sql]) => /membership\.read/.test(sql));
  assert.ok(counting.length > 0);
  for (const [sql, plan] of counting) assert.doesNotMatch(plan, /\bevent\b/, sql);
});
