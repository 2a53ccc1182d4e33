import type { Clock } from "../../shared/world/mod.ts";

/** How long a connection may be without its first whole request, handshake included, in milliseconds. */
export const firstRequestMsMax = 10_000;

/** How long a connection may wait for the next request, or a request for its end, in milliseconds: browsers come back. */
export const requestMsMax = 60_000;

/** Connections without a WebSocket that one network may have open. */
export const openPerNetworkMax = 256;

/** The other side of a connection, in the terms of the kernel. */
export interface Peer {
  /** Tells it from all others at the same port. */
  readonly key: string;
  readonly network: string;
}

interface Connection {
  readonly network: string;
  /** When it was last done with something, monotonic, in milliseconds; from its beginning, where it has not asked yet. */
  since: number;
  hasAsked: boolean;
  /** Answers that are on their way. */
  sending: number;
  /** It has become a WebSocket, which has bounds of its own. */
  isLine: boolean;
}

/**
 * Which connections of the web door have had their time. Deno.serve waits for ever for a handshake, for headers, for a body
 * and for the next request, and tells nothing of connections that have not asked for anything.
 */
export class Lingering {
  readonly #clock: Clock;
  readonly #connections: Map<string, Connection> = new Map();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** It asks for something. */
  asks(peer: Peer): void {
    const connection = this.#of(peer);
    connection.hasAsked = true;
    connection.since = this.#clock.monotonic();
  }

  /** It is being answered, until `sent` settles. */
  answered(peer: Peer, isLine: boolean, sent: Promise<void>): void {
    const connection = this.#of(peer);
    connection.isLine ||= isLine;
    connection.sending++;
    const done = () => {
      connection.sending--;
      connection.since = this.#clock.monotonic();
    };
    sent.then(done, done);
  }

  /** Those of all that are open now that are to be ended; what is open no more is forgotten. */
  overdue(open: readonly Peer[]): ReadonlySet<string> {
    const keys = new Set(open.map(({ key }) => key));
    for (const key of this.#connections.keys()) if (!keys.has(key)) this.#connections.delete(key);
    for (const peer of open) this.#of(peer);
    const now = this.#clock.monotonic();
    const waiting = [...this.#connections].filter(([, { sending, isLine }]) => sending === 0 && !isLine);
    const late = waiting.filter(([, { since, hasAsked }]) =>
      now - since > (hasAsked ? requestMsMax : firstRequestMsMax)
    );
    return new Set([...late, ...tooMany(waiting)].map(([key]) => key));
  }

  #of({ key, network }: Peer): Connection {
    const known = this.#connections.get(key);
    if (known !== undefined) return known;
    const since = this.#clock.monotonic();
    const connection = { network, since, hasAsked: false, sending: 0, isLine: false };
    this.#connections.set(key, connection);
    return connection;
  }
}

/** Of a network with too many, those that have waited longest. */
function tooMany(
  waiting: readonly (readonly [string, Connection])[],
): readonly (readonly [string, Connection])[] {
  const networks = Map.groupBy(waiting, ([, { network }]) => network);
  return [...networks.values()].flatMap((all) =>
    all.toSorted(([, one], [, other]) => one.since - other.since).slice(
      0,
      Math.max(0, all.length - openPerNetworkMax),
    )
  );
}
