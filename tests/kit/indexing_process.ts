/** Indexes the messages of the database that its argument names, three at a time, with a line for each time; to be killed. */
import { openStore } from "../../server/store/mod.ts";

const store = openStore(Deno.args[0] ?? "");
while (store.search.isBehind()) {
  store.search.advance((done) => done === 3);
  console.log("indexed");
}
console.log("done");
