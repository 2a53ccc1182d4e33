import assert from "node:assert/strict";
import {
  newModel,
  newRoom,
  withoutPeople,
  withoutPerson,
  withoutRoom,
  withPresence,
  withProfile,
  withRoom,
} from "../../../client/model/mod.ts";

const model = newModel({ username: "ana", role: "member" });

Deno.test("Rooms stand in the order of their names, and a changed one keeps its place", () => {
  const rooms = ["ops", "general", "zoo"].map((name) => newRoom({ name, kind: "standard", read: 0 }));
  const three = rooms.reduce(withRoom, model);
  assert.deepEqual([...three.rooms.keys()], ["general", "ops", "zoo"]);
  const changed = withRoom(three, newRoom({ name: "general", kind: "standard", read: 7 }));
  assert.deepEqual([...changed.rooms.keys()], ["general", "ops", "zoo"]);
  assert.equal(changed.rooms.get("general")?.read, 7);
  assert.equal(three.rooms.get("general")?.read, 0);
  assert.deepEqual([...withoutRoom(three, "ops").rooms.keys()], ["general", "zoo"]);
});

Deno.test("Whoever is known already stays known, of however many people an answer tells", () => {
  const people = Array.from({ length: 10_001 }, (_, at) => [`u${at}`, "online"] as const);
  const known = withPresence(model, people);
  assert.equal(known.presence.size, 10_000);
  const changed = withPresence(known, [["u0", "away"], ["u10000", "away"]]);
  assert.deepEqual([changed.presence.get("u0"), changed.presence.has("u10000")], ["away", false]);
  assert.equal(model.presence.size, 0);
});

Deno.test("What people may have changed unseen is forgotten when the connection goes", () => {
  const known = withProfile(withPresence(model, [["ben", "online"]]), { username: "ben", role: "member" });
  assert.deepEqual([known.presence.get("ben"), known.profiles.get("ben")?.role], ["online", "member"]);
  const gone = withoutPeople(known);
  assert.deepEqual([gone.presence.size, gone.profiles.size], [0, 0]);
});

Deno.test("Of whoever was heard of no more, nothing is known, and of the others it is", () => {
  const known = withPresence(model, [["ben", "online"], ["eve", "away"]]);
  assert.deepEqual([...withoutPerson(known, "ben").presence], [["eve", "away"]]);
});
