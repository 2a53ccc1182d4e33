import assert from "node:assert/strict";
import { networkOf } from "../../../server/sessions/network.ts";

Deno.test("an IPv4 address stands for itself, however it is written", () => {
  assert.equal(networkOf("192.0.2.7"), "192.0.2.7");
  assert.equal(networkOf("::ffff:192.0.2.7"), "192.0.2.7");
  assert.equal(networkOf(""), "");
});

Deno.test("an IPv6 address stands for its /64", () => {
  const wanted = "2001:db8:0:7::/64";
  for (
    const address of [
      "2001:db8:0:7::1",
      "2001:db8:0:7:ffff:ffff:ffff:ffff",
      "2001:DB8:0:0007::",
      "2001:db8:0:7::192.0.2.1",
      "2001:db8::7:1:2:3:4",
    ]
  ) {
    assert.equal(networkOf(address), wanted, address);
  }
  assert.notEqual(networkOf("2001:db8:0:8::1"), wanted);
  assert.equal(networkOf("::1"), "0:0:0:0::/64");
  assert.equal(networkOf("fe80::1%eth0"), "fe80:0:0:0::/64");
});
