import assert from "node:assert/strict";
import { addressesMax, type Machine, machineNames } from "../../certs/machine_names.ts";

Deno.test("a machine is named by its host name, its addresses and loopback, once each", () => {
  assert.deepEqual(machineNames(machine("Desk", ["127.0.0.1", "192.168.1.20", "::1", "fd00::2"])), [
    ...["localhost", "desk", "desk.local", "127.0.0.1", "::1", "192.168.1.20", "fd00::2"],
  ]);
});

Deno.test("a host name with a domain, or none worth having, gets no .local", () => {
  for (
    const [name, expected] of [["desk.example.com", ["desk.example.com"]], ["localhost", []], ["", []], [
      "a b",
      [],
    ]]
  ) {
    assert.deepEqual(machineNames(machine(String(name), [])), ["localhost", ...expected, "127.0.0.1", "::1"]);
  }
});

Deno.test("addresses that need a zone are left out", () => {
  assert.deepEqual(machineNames(machine("", ["fe80::1", "FE80::2", "febf::3", "fe80::1%eth0"])), [
    ...["localhost", "127.0.0.1", "::1"],
  ]);
});

Deno.test("a machine with very many addresses names some of them", () => {
  const many = Array.from({ length: 500 }, (_, at) => `10.0.${at >> 8}.${at & 255}`);
  assert.equal(machineNames(machine("", many)).length, 3 + addressesMax);
});

Deno.test("a machine that may not be asked is still reached on loopback", () => {
  const refuse = (): never => {
    throw new Deno.errors.NotCapable("Requires sys access");
  };
  assert.deepEqual(machineNames({ hostname: refuse, networkInterfaces: refuse }), [
    "localhost",
    "127.0.0.1",
    "::1",
  ]);
});

function machine(name: string, addresses: readonly string[]): Machine {
  return { hostname: () => name, networkInterfaces: () => addresses.map((address) => ({ address })) };
}
