import assert from "node:assert/strict";
import { Handshakes, type Handshaking } from "../../../server/doors/handshakes.ts";

const earnestMs = 500;

const usual = { max: 40, maxPerNetwork: 20, displaces: true };

function begin(
  handshakes: Handshakes<Handshaking>,
  count: number,
  address: string,
  now: number,
): Handshaking[] {
  return Array.from({ length: count }, () => {
    const connection = { address };
    handshakes.add(connection, now);
    return connection;
  });
}

Deno.test("where an address has all its places, its newcomer is refused until the longest is overdue", () => {
  const handshakes = new Handshakes<Handshaking>(usual);
  const [first] = begin(handshakes, 20, "192.0.2.1", 0);
  const newcomer = { address: "::ffff:192.0.2.1" };
  assert.equal(handshakes.roomFor(newcomer, earnestMs - 1), "full");
  assert.equal(handshakes.roomFor({ address: "192.0.2.2" }, 0), undefined);
  assert.equal(handshakes.roomFor(newcomer, earnestMs), first);
});

Deno.test("where all places are taken, the address with most of them gives one up", () => {
  const handshakes = new Handshakes<Handshaking>(usual);
  begin(handshakes, 1, "192.0.2.9", 0);
  const [first] = begin(handshakes, 20, "192.0.2.1", 0);
  begin(handshakes, 19, "192.0.2.2", 0);
  assert.equal(handshakes.roomFor({ address: "192.0.2.3" }, 0), first);
  assert.equal(handshakes.roomFor({ address: "192.0.2.2" }, 0), "full");
  assert.equal(handshakes.roomFor({ address: "192.0.2.2" }, earnestMs), first);
});

Deno.test("where everybody comes from elsewhere, the newcomer is refused", () => {
  const handshakes = new Handshakes<Handshaking>(usual);
  for (let at = 0; at < 40; at++) begin(handshakes, 1, `192.0.2.${at}`, 0);
  assert.equal(handshakes.roomFor({ address: "198.51.100.1" }, 0), "full");
});

Deno.test("whoever is done gives the place back", () => {
  const handshakes = new Handshakes<Handshaking>(usual);
  const [first] = begin(handshakes, 20, "192.0.2.1", 0);
  assert.ok(first !== undefined);
  handshakes.delete(first);
  handshakes.delete(first);
  assert.equal(handshakes.roomFor({ address: "192.0.2.1" }, 0), undefined);
  assert.equal([...handshakes].length, 19);
});

Deno.test("where none can be thrown out, there is no room when it is full", () => {
  const handshakes = new Handshakes<Handshaking>({ ...usual, displaces: false });
  begin(handshakes, 20, "192.0.2.1", 0);
  begin(handshakes, 20, "192.0.2.2", 0);
  for (const address of ["192.0.2.1", "192.0.2.3"]) {
    assert.equal(handshakes.roomFor({ address }, 10 * earnestMs), "full");
  }
});
