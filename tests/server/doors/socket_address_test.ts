import assert from "node:assert/strict";
import { hasHost, hostBytes, portOf } from "../../../server/doors/socket_address.ts";

/** struct sockaddr_in as Linux writes it. */
const ipv4 = Uint8Array.of(2, 0, 0x1d, 0x13, 192, 0, 2, 7, 0, 0, 0, 0, 0, 0, 0, 0);

/** struct sockaddr_in6 with this address. */
function ipv6(...address: readonly number[]): Uint8Array {
  return Uint8Array.of(10, 0, 0x1d, 0x13, 0, 0, 0, 0, ...address, 0, 0, 0, 0);
}

const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 7];

Deno.test("the port stands at the same place in both kinds of address, the higher byte first", () => {
  assert.equal(portOf(ipv4), 7443);
  assert.equal(portOf(ipv6(...mapped)), 7443);
});

Deno.test("a host is spelled in sixteen bytes, however it is written", () => {
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ["192.0.2.7", mapped],
    ["::ffff:192.0.2.7", mapped],
    ["::ffff:c000:207", mapped],
    ["::", Array(16).fill(0)],
    ["::1", [...Array(15).fill(0), 1]],
    ["fe80::1%eth0", [0xfe, 0x80, ...Array(13).fill(0), 1]],
    ["2001:db8::", [0x20, 1, 0xd, 0xb8, ...Array(12).fill(0)]],
    ["2001:db8:1:2:3:4:5:6", [0x20, 1, 0xd, 0xb8, 0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6]],
    ["64:ff9b::192.0.2.7", [0, 0x64, 0xff, 0x9b, ...Array(8).fill(0), 192, 0, 2, 7]],
  ];
  for (const [text, bytes] of cases) assert.deepEqual([...hostBytes(text)], bytes, text);
});

Deno.test("an IPv4 address and its IPv6-mapped form are the same host", () => {
  for (const host of ["192.0.2.7", "::ffff:192.0.2.7"]) {
    assert.equal(hasHost(ipv4, 16, hostBytes(host)), true);
    assert.equal(hasHost(ipv6(...mapped), 28, hostBytes(host)), true);
  }
  assert.equal(hasHost(ipv4, 16, hostBytes("192.0.2.8")), false);
  assert.equal(hasHost(ipv6(...mapped), 28, hostBytes("::1")), false);
});
