import assert from "node:assert/strict";
import type { Happening } from "../../../client/connection/mod.ts";
import { Happenings } from "../../../client/connection/happenings.ts";

function read(seq: number): Happening {
  return { kind: "draft", room: "general", text: String(seq) };
}

Deno.test("What happened before anybody listened is told to the first who does, and only to that one", () => {
  const happenings = new Happenings();
  happenings.tell(read(1));
  const [first, second]: [Happening[], Happening[]] = [[], []];
  const cancel = happenings.listen((happening) => first.push(happening));
  happenings.listen((happening) => second.push(happening));
  happenings.tell(read(2));
  cancel();
  happenings.tell(read(3));
  assert.deepEqual(first, [read(1), read(2)]);
  assert.deepEqual(second, [read(2), read(3)]);
});
