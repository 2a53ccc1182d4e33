import assert from "node:assert/strict";
import { isLoopback, ownAddress } from "../../server/own_address.ts";

Deno.test("an address that was asked for is the own one", () => {
  for (const host of ["192.0.2.7", "chat.example", "::1"]) assert.equal(ownAddress(host), host);
});

Deno.test("of all addresses the own one is an IPv4 address of this machine", () => {
  const own = Deno.networkInterfaces().map(({ address }) => address);
  for (const host of [undefined, "0.0.0.0", "::"]) {
    const address = ownAddress(host);
    assert.match(address, /^[\d.]+$/);
    assert.ok(own.includes(address));
  }
});

Deno.test("only the loopback is the loopback", () => {
  for (const host of ["localhost", "::1", "127.0.0.1", "127.8.8.8"]) {
    assert.equal(isLoopback(host), true, host);
  }
  for (
    const host of [undefined, "0.0.0.0", "::", "192.0.2.7", "127.0.0.1.example", "x127.0.0.1", "128.0.0.1"]
  ) {
    assert.equal(isLoopback(host), false, host);
  }
});
