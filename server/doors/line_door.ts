import { limits } from "../../shared/protocol/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import type { Sessions } from "../sessions/mod.ts";
import { Aborts } from "./aborts.ts";
import { Handshakes } from "./handshakes.ts";
import { LineConnection } from "./line_connection.ts";
import { listenAt, regainPort } from "./port.ts";
import { descriptorsUsual, type SocketControl } from "./socket_control.ts";
import { Turn } from "./turn.ts";

/** Handshakes that may be under way at once: with a grip on their sockets, and without one, when they cannot be thrown out. */
const pendingMax = 512, pendingMaxWithoutControl = 64;

/** Those of them that may come from one network: a whole office comes back at once. */
const pendingMaxPerNetwork = 256;

/** Descriptors that connections leave for files, threads and the database. */
const descriptorsReserved = 128;

/** Connections that may be open at once: without descriptors the whole process would fail. */
export function connectionsMax(control: SocketControl | undefined): number {
  return (control?.descriptorsMax() ?? descriptorsUsual) - descriptorsReserved;
}

export interface DoorSettings {
  /** An address of this machine, or undefined for all of them, IPv6 and IPv4. */
  readonly host: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
  /** Whether the number of handshakes under way is bounded; benchmarks lift it. */
  readonly bounded: boolean;
}

export interface Identity {
  /** The leaf with its chain, and its key. */
  readonly leafPem: string;
  readonly leafKeyPem: string;
}

/** The TLS door of the line protocol. */
export class LineDoor {
  readonly address: Deno.NetAddr;
  readonly #settings: DoorSettings;
  readonly #sessions: Sessions;
  readonly #control: SocketControl | undefined;
  readonly #world: World;
  readonly #aborts: Aborts;
  readonly #turn: Turn;
  readonly #openMax: number;
  #open = 0;
  #listener: Deno.TlsListener;
  readonly #handshakes: Handshakes<LineConnection>;
  #closed = false;

  /** Listens. Throws what Deno.listenTls throws, among it Deno.errors.AddrInUse. */
  constructor(
    settings: DoorSettings,
    identity: Identity,
    sessions: Sessions,
    control: SocketControl | undefined,
    world: World,
  ) {
    this.#settings = settings;
    this.#sessions = sessions;
    this.#control = control;
    this.#world = world;
    this.#aborts = new Aborts(control, world.clock);
    this.#turn = new Turn(world.clock);
    this.#openMax = connectionsMax(control);
    this.#handshakes = new Handshakes({
      max: control === undefined ? pendingMaxWithoutControl : pendingMax,
      // Whoever does not even say hello shall not have all the room.
      maxPerNetwork: Math.min(pendingMaxPerNetwork, Math.floor(this.#openMax / 4)),
      displaces: control !== undefined,
    });
    this.#listener = this.#listen(identity, settings.port);
    this.address = this.#listener.addr;
  }

  /** Lets people in. Until then whoever connects waits. */
  open(): void {
    this.#accept(this.#listener);
  }

  /**
   * Listens with another certificate from now on. Connections that are open stay open; whoever comes within the few
   * milliseconds in between is refused, and comes again. Throws if the certificate will not do, and then nothing changed.
   */
  async renew(identity: Identity): Promise<void> {
    Deno.listenTls({ hostname: "127.0.0.1", port: 0, cert: identity.leafPem, key: identity.leafKeyPem })
      .close();
    this.#listener.close();
    await regainPort({
      world: this.#world,
      name: "port",
      isOver: () => this.#closed,
      take: () => {
        this.#listener = this.#listen(identity, this.address.port);
        this.#accept(this.#listener);
      },
    });
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeListener(this.#listener);
    for (const connection of this.#handshakes) connection.abort();
    this.#aborts.flush();
  }

  #listen(identity: Identity, port: number): Deno.TlsListener {
    const options = { port, cert: identity.leafPem, key: identity.leafKeyPem, alpnProtocols: ["chat/1"] };
    const listener = listenAt(this.#settings.host, (hostname) => Deno.listenTls({ ...options, hostname }));
    this.#control?.noDelay(listener.addr);
    return listener;
  }

  async #accept(listener: Deno.TlsListener): Promise<void> {
    for (;;) {
      let conn: Deno.TlsConn;
      try {
        conn = await listener.accept();
      } catch (error) {
        if (error instanceof Deno.errors.BadResource || error instanceof Deno.errors.Interrupted) return;
        // Out of descriptors, most likely: the connections that are open matter more than the next one.
        this.#world.log.warn("accept_failed", { reason: String(error) });
        await this.#world.clock.sleep(100);
        continue;
      }
      this.#admit(conn);
      await this.#turn.over();
    }
  }

  #admit(conn: Deno.TlsConn): void {
    const connection = new LineConnection(conn, this.#aborts, this.#turn);
    if (this.#closed || this.#open >= this.#openMax) return connection.abort();
    if (this.#settings.bounded && !this.#makeRoomFor(connection)) return connection.abort();
    this.#handshakes.add(connection, this.#world.clock.monotonic());
    this.#attend(conn, connection);
  }

  /** Whether another handshake may begin. One that takes too long makes room, lest silent ones keep everybody out. */
  #makeRoomFor(connection: LineConnection): boolean {
    const inTheWay = this.#handshakes.roomFor(connection, this.#world.clock.monotonic());
    if (inTheWay === "full") return false;
    if (inTheWay !== undefined) {
      this.#handshakes.delete(inTheWay);
      inTheWay.abort();
    }
    return true;
  }

  async #attend(conn: Deno.TlsConn, connection: LineConnection): Promise<void> {
    this.#open++;
    if (await this.#greet(conn, connection)) await connection.serve(this.#sessions);
    this.#open--;
  }

  /** Resolves with whether the handshake was done. */
  async #greet(conn: Deno.TlsConn, connection: LineConnection): Promise<boolean> {
    const cancel: Cancel = this.#world.clock.after(limits.handshakeMs, () => connection.abort());
    try {
      await conn.handshake();
    } catch {
      // Not TLS, another protocol, gone again, or too slow and aborted: none of it is the server's concern.
      connection.close();
      return false;
    } finally {
      cancel();
      this.#handshakes.delete(connection);
    }
    return true;
  }
}

/** In the middle of a renewal it is closed already. */
function closeListener(listener: Deno.TlsListener): void {
  try {
    listener.close();
  } catch (error) {
    if (!(error instanceof Deno.errors.BadResource)) throw error;
  }
}
