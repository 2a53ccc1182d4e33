/** Handshakes that are under way: how many there may be, and which one makes room for another. */
import { networkOf } from "../sessions/mod.ts";

/** How long a handshake may be in earnest, in milliseconds: whoever is, is done by then, even where many come at once. */
const earnestMs = 500;

/** A connection before its handshake is done. */
export interface Handshaking {
  readonly address: string;
}

interface Pending {
  readonly network: string;
  /** Monotonic, in milliseconds. */
  readonly since: number;
}

export interface HandshakeBounds {
  readonly max: number;
  readonly maxPerNetwork: number;
  /** Whether one that is under way can be thrown out at all. */
  readonly displaces: boolean;
}

export class Handshakes<Connection extends Handshaking> {
  readonly #bounds: HandshakeBounds;
  /** The one that is longest under way is the first. */
  readonly #pending: Map<Connection, Pending> = new Map();
  readonly #byNetwork: Map<string, Set<Connection>> = new Map();

  constructor(bounds: HandshakeBounds) {
    this.#bounds = bounds;
  }

  [Symbol.iterator](): Iterator<Connection> {
    return this.#pending.keys();
  }

  /** Whom to throw out so that another may begin: nobody, somebody, or `full` where the newcomer must go. */
  roomFor({ address }: Handshaking, now: number): Connection | "full" | undefined {
    const { max, maxPerNetwork } = this.#bounds;
    const neighbours = this.#byNetwork.get(networkOf(address));
    const count = neighbours?.size ?? 0;
    if (count >= maxPerNetwork) return this.#overdue(neighbours, now) ?? "full";
    if (this.#pending.size < max) return undefined;
    const fullest = this.#fullest();
    const overdue = this.#overdue(fullest, now);
    if (overdue !== undefined) return overdue;
    // A network that has all the room gives some up, in earnest or not, to one that has next to none.
    const [first] = fullest;
    return this.#bounds.displaces && first !== undefined && fullest.size > 2 * count + 1 ? first : "full";
  }

  add(connection: Connection, now: number): void {
    const network = networkOf(connection.address);
    this.#pending.set(connection, { network, since: now });
    this.#byNetwork.set(network, (this.#byNetwork.get(network) ?? new Set()).add(connection));
  }

  delete(connection: Connection): void {
    const pending = this.#pending.get(connection);
    if (pending === undefined) return;
    this.#pending.delete(connection);
    const neighbours = this.#byNetwork.get(pending.network);
    neighbours?.delete(connection);
    if (neighbours?.size === 0) this.#byNetwork.delete(pending.network);
  }

  /** The longest of these, unless it may be in earnest still. */
  #overdue(connections: ReadonlySet<Connection> | undefined, now: number): Connection | undefined {
    const [longest] = connections ?? [];
    const pending = longest && this.#pending.get(longest);
    if (pending === undefined || !this.#bounds.displaces) return undefined;
    return now - pending.since < earnestMs ? undefined : longest;
  }

  #fullest(): ReadonlySet<Connection> {
    let fullest: ReadonlySet<Connection> = new Set();
    for (const neighbours of this.#byNetwork.values()) {
      if (neighbours.size > fullest.size) fullest = neighbours;
    }
    return fullest;
  }
}
