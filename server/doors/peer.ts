import type { Peer } from "./lingering.ts";

/** An IPv4 address within IPv6 begins so, in hexadecimal digits (RFC 4291, section 2.5.5.2). */
const mappedIpv4 = `${"0".repeat(20)}ffff`;

/** Digits of an IPv6 address that tell one network from another: whoever has one has all of its addresses. */
const networkDigits = 16;

/** The peer of this address, in 16 bytes, and port. */
export function peerOf(host: Uint8Array, port: number): Peer {
  const digits = host.toHex();
  return {
    key: `${digits}:${port}`,
    network: digits.startsWith(mappedIpv4) ? digits : digits.slice(0, networkDigits),
  };
}
