import assert from "node:assert/strict";
import { formatRoomLink, parseRoomLink } from "../../../shared/identity/mod.ts";

Deno.test("a link to a room, and one to a message in it, is read back as it was", () => {
  for (
    const link of [
      { host: "chat.example.com", port: 7443, room: "ops" },
      { host: "fd00::20", port: 1, room: "dm.1.2", seq: 17 },
    ]
  ) assert.deepEqual(parseRoomLink(formatRoomLink(link)), link);
  assert.equal(formatRoomLink({ host: "h", port: 1, room: "ops", seq: 17 }), "chat://h:1/ops/17");
});

Deno.test("anything else is no link to a room", () => {
  for (
    const text of [
      "",
      "chat://h",
      "chat://h/",
      "chat://h/a b",
      "chat://h/ops/0",
      "chat://h/ops/x",
      "chat://h/ops#s.p",
      "h/ops",
    ]
  ) {
    assert.equal(parseRoomLink(text), undefined, text);
  }
});
