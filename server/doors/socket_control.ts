/**
 * A grip on sockets that Deno's TlsConn does not give: TCP_NODELAY (without it whoever talks and listens waits 40 ms
 * for a delayed acknowledgement), and an end to a connection whose other side does nothing (`close()` waits for it:
 * for a handshake that never comes, for a reader that never reads). When Deno offers both, this file goes.
 */
import type { Peer } from "./lingering.ts";
import { peerOf } from "./peer.ts";
import { hasHost, hostBytes, hostOf, portOf, socketAddressBytes } from "./socket_address.ts";

export interface SocketControl {
  /** Sets TCP_NODELAY on the listening socket at this port; accepted ones inherit it. Returns whether it was found. */
  noDelay(listening: Deno.NetAddr): boolean;
  /** Shuts the sockets of connections down in both directions. The connections must still be closed. */
  shutDown(connections: readonly ConnectionEnds[]): void;
  /** The other sides of all connections to this port of ours, and a way to shut some of them down. */
  connectionsAt(port: number): readonly OpenSocket[];
  /** How many descriptors this process may have open. */
  descriptorsMax(): number;
}

/** A connection as the kernel knows it. Good within the turn in which it was found: descriptors are given out anew. */
export interface OpenSocket extends Peer {
  shutDown(): void;
}

/** The two addresses that tell a connection from all others. */
export interface ConnectionEnds {
  readonly localAddr: Deno.NetAddr;
  readonly remoteAddr: Deno.NetAddr;
}

/**
 * The search ends after so many descriptors in a row that are no connection: the system gives out the lowest free one,
 * so that gaps are small, and to look through all there may be would hold the whole server up for a tenth of a second.
 */
const gapMax = 1_024;

/** What systems usually allow a process. */
export const descriptorsUsual = 1_024;

const symbols = {
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getpeername: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
  getrlimit: { parameters: ["i32", "buffer"], result: "i32" },
} as const;

type Libc = Deno.DynamicLibrary<typeof symbols>["symbols"];

/** The numbers that systems give to what they all have (socket.h, in.h, tcp.h, resource.h). */
interface Numbers {
  readonly libraries: readonly string[];
  readonly solSocket: number;
  readonly soAcceptConn: number;
  readonly rlimitNofile: number;
  /** Where the family is in a socket address, whose first field has two bytes, or one behind the length. */
  readonly familyAt: number;
  readonly inet6: number;
}

const inet = 2, inetBytes = 16, ipprotoTcp = 6, tcpNoDelay = 1, shutdownBoth = 2;

const systems: Readonly<Partial<Record<typeof Deno.build.os, Numbers>>> = {
  linux: {
    libraries: [
      "/lib/x86_64-linux-gnu/libc.so.6",
      "/usr/lib/x86_64-linux-gnu/libc.so.6",
      "/lib/aarch64-linux-gnu/libc.so.6",
      "/usr/lib/aarch64-linux-gnu/libc.so.6",
      "/lib64/libc.so.6",
      "/usr/lib/libc.so.6",
      "/lib/libc.musl-x86_64.so.1",
      "/lib/libc.musl-aarch64.so.1",
    ],
    solSocket: 1,
    soAcceptConn: 30,
    rlimitNofile: 7,
    familyAt: 0,
    inet6: 10,
  },
  darwin: {
    libraries: ["/usr/lib/libSystem.B.dylib"],
    solSocket: 0xffff,
    soAcceptConn: 2,
    rlimitNofile: 8,
    familyAt: 1,
    inet6: 30,
  },
};

/** Opens the C library, or returns undefined where it is not allowed or the system is unknown. */
export function openSocketControl(): SocketControl | undefined {
  const numbers = systems[Deno.build.os];
  const libc = numbers?.libraries.map(tryOpen).find((library) => library !== undefined);
  return numbers === undefined || libc === undefined ? undefined : control(libc, numbers);
}

function tryOpen(library: string): Libc | undefined {
  try {
    return Deno.dlopen(library, symbols).symbols;
  } catch {
    // Absent on this system, or not allowed: the next one may do.
    return undefined;
  }
}

function control(libc: Libc, numbers: Numbers): SocketControl {
  const address = new Uint8Array(socketAddressBytes);
  const length = new Uint32Array(1);
  const value = new Int32Array(1);

  /** Whether there is one of the internet. Of another kind, as the runtime's own sockets, nothing is to be read or touched. */
  function nameOf(read: Libc["getsockname"], descriptor: number): boolean {
    length[0] = socketAddressBytes;
    if (read(descriptor, address, length) !== 0) return false;
    const family = address[numbers.familyAt];
    return family === inet && length[0] === inetBytes ||
      family === numbers.inet6 && length[0] === socketAddressBytes;
  }

  function isRemote({ remoteAddr }: ConnectionEnds): boolean {
    return hasHost(address, length[0] ?? 0, hostBytes(remoteAddr.hostname));
  }

  function isListening(descriptor: number): boolean {
    length[0] = 4;
    const found = libc.getsockopt(descriptor, numbers.solSocket, numbers.soAcceptConn, value, length);
    return found === 0 && value[0] !== 0;
  }

  return {
    noDelay(listening) {
      for (let descriptor = 3; descriptor < gapMax; descriptor++) {
        if (!nameOf(libc.getsockname, descriptor) || portOf(address) !== listening.port) continue;
        if (!isListening(descriptor)) continue;
        value[0] = 1;
        return libc.setsockopt(descriptor, ipprotoTcp, tcpNoDelay, value, 4) === 0;
      }
      return false;
    },
    shutDown(connections) {
      const wanted = Map.groupBy(connections, ({ remoteAddr }) => remoteAddr.port);
      for (let descriptor = 3, gap = 0; gap < gapMax && wanted.size > 0; descriptor++, gap++) {
        if (!nameOf(libc.getpeername, descriptor)) continue;
        gap = 0;
        const found = wanted.get(portOf(address))?.find((connection) => isRemote(connection));
        // A client on this machine has a socket with the two addresses the other way round; and one remote port may
        // talk to two of our ports.
        if (found === undefined || !nameOf(libc.getsockname, descriptor)) continue;
        if (portOf(address) !== found.localAddr.port) continue;
        libc.shutdown(descriptor, shutdownBoth);
        remove(wanted, found);
      }
    },
    connectionsAt(port) {
      const found: OpenSocket[] = [];
      for (let descriptor = 3, gap = 0; gap < gapMax; descriptor++, gap++) {
        if (!nameOf(libc.getsockname, descriptor)) continue;
        gap = 0;
        if (portOf(address) !== port || !nameOf(libc.getpeername, descriptor)) continue;
        const peer = peerOf(hostOf(address, length[0] ?? 0), portOf(address));
        found.push({ ...peer, shutDown: () => void libc.shutdown(descriptor, shutdownBoth) });
      }
      return found;
    },
    descriptorsMax() {
      const current = new BigUint64Array(2);
      return libc.getrlimit(numbers.rlimitNofile, current) === 0 ? Number(current[0]) : descriptorsUsual;
    },
  };
}

function remove(wanted: Map<number, ConnectionEnds[]>, found: ConnectionEnds): void {
  const { port } = found.remoteAddr;
  const others = wanted.get(port)?.filter((connection) => connection !== found) ?? [];
  if (others.length === 0) wanted.delete(port);
  else wanted.set(port, others);
}
