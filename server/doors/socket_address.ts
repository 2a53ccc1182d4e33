/** Socket addresses as the kernel writes them (struct sockaddr_in and sockaddr_in6), compared with those that Deno tells. */

/** Room for the larger of the two, in bytes. */
export const socketAddressBytes = 28;

/** The port of a kernel's socket address: two bytes, the higher first, at the same place in both kinds and on every system. */
export function portOf(address: Uint8Array): number {
  return ((address[2] ?? 0) << 8) | (address[3] ?? 0);
}

/** Whether a kernel's socket address has this IP address. An IPv4 address equals its IPv6-mapped form. */
export function hasHost(address: Uint8Array, length: number, host: Uint8Array): boolean {
  return hostOf(address, length).every((byte, at) => byte === host[at]);
}

/** The 16 bytes of a kernel's socket address; an IPv4 address becomes its IPv6-mapped form. */
export function hostOf(address: Uint8Array, length: number): Uint8Array {
  return length < socketAddressBytes ? mapped(address.subarray(4, 8)) : address.slice(8, 24);
}

/** The 16 bytes of an IP address as Deno writes it; an IPv4 address becomes its IPv6-mapped form (RFC 4291, section 2.5.5.2). */
export function hostBytes(host: string): Uint8Array {
  const [text = ""] = host.split("%");
  const dotted = /[\d.]+$/.exec(text)?.[0] ?? "";
  if (!text.includes(":")) return mapped(dotted.split(".").map(Number));
  const tail = dotted.includes(".") ? dotted.split(".").map(Number) : [];
  const groups = tail.length === 0 ? text : text.slice(0, -dotted.length) + "0:0";
  const [head = "", rest] = groups.split("::");
  const left = groupBytes(head), right = groupBytes(rest ?? "");
  const bytes = new Uint8Array(16);
  bytes.set(left, 0);
  bytes.set(right, 16 - right.length);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

function groupBytes(groups: string): number[] {
  if (groups === "") return [];
  return groups.split(":").flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function mapped(ipv4: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(16);
  bytes.set([0xff, 0xff], 10);
  bytes.set(ipv4, 12);
  return bytes;
}
