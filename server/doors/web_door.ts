import { type Cancel, type Clock, faultText, type World } from "../../shared/world/mod.ts";
import { Lingering } from "./lingering.ts";
import type { Identity } from "./line_door.ts";
import { peerOf } from "./peer.ts";
import { listenAt, regainPort } from "./port.ts";
import { hostBytes } from "./socket_address.ts";
import type { SocketControl } from "./socket_control.ts";

/** The status of an answer that makes a WebSocket of a request (RFC 9110, section 15.2.2). */
const switchingProtocols = 101;

/** How often connections are looked at that do not get on, in milliseconds. */
export const sweepMs = 2_000;

/** Answers one request from `address`. */
export type Answerer = (request: Request, address: string) => Promise<Response>;

export interface WebDoorSettings {
  /** An address of this machine, or undefined for all of them, IPv6 and IPv4. */
  readonly host: string | undefined;
  /** 0 takes a free one. */
  readonly port: number;
}

/** The door for browsers and for programs that speak HTTP: HTTPS, and WebSockets over it. */
export class WebDoor {
  readonly address: Deno.NetAddr;
  readonly #settings: WebDoorSettings;
  readonly #answer: Answerer;
  readonly #world: World;
  readonly #control: SocketControl | undefined;
  readonly #lingering: Lingering;
  readonly #stopSweeping: Cancel;
  #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #isOpen = Promise.withResolvers<void>();
  #closed = false;

  /** Listens; whoever asks waits until the door is opened. Throws what Deno.serve throws, among it Deno.errors.AddrInUse. */
  constructor(
    settings: WebDoorSettings,
    identity: Identity,
    answer: Answerer,
    control: SocketControl | undefined,
    world: World,
  ) {
    this.#settings = settings;
    this.#answer = answer;
    this.#world = world;
    this.#control = control;
    this.#lingering = new Lingering(world.clock);
    this.#server = this.#listen(identity, settings.port);
    this.address = this.#server.addr;
    this.#stopSweeping = world.clock.every(sweepMs, () => this.#sweep());
  }

  open(): void {
    this.#isOpen.resolve();
  }

  /**
   * Listens with another certificate from now on. Requests under way are answered to their end; WebSockets end with the
   * listener that they came by, and pages come back.
   */
  async renew(identity: Identity): Promise<void> {
    void this.#server.shutdown();
    await regainPort({
      world: this.#world,
      name: "web_port",
      isOver: () => this.#closed,
      take: () => this.#server = this.#listen(identity, this.address.port),
    });
  }

  /** Ends listening, and what is under way after at most `graceMs` milliseconds. */
  async close(graceMs: number): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopSweeping();
    this.#isOpen.resolve();
    await endWithin(this.#server, graceMs, this.#world.clock);
  }

  #listen({ leafPem: cert, leafKeyPem: key }: Identity, port: number): Deno.HttpServer<Deno.NetAddr> {
    const options = { port, cert, key, onListen() {}, onError: (error: unknown) => this.#fault(error) };
    return listenAt(this.#settings.host, (hostname) => this.#serve({ ...options, hostname }));
  }

  #serve(options: Deno.ServeTcpOptions & Deno.TlsCertifiedKeyPem): Deno.HttpServer<Deno.NetAddr> {
    return Deno.serve(options, async (request, { remoteAddr, completed }) => {
      const { hostname: address, port } = remoteAddr;
      const peer = peerOf(hostBytes(address), port);
      this.#lingering.asks(peer);
      await this.#isOpen.promise;
      const response = await this.#answer(request, address);
      this.#lingering.answered(peer, response.status === switchingProtocols, completed);
      return response;
    });
  }

  /** Without a grip on sockets those that do not get on stay: the log of the start says so. */
  #sweep(): void {
    const open = this.#control?.connectionsAt(this.address.port) ?? [];
    const overdue = this.#lingering.overdue(open);
    for (const socket of open) if (overdue.has(socket.key)) socket.shutDown();
  }

  #fault(error: unknown): Response {
    this.#world.log.error("web_request_failed", { reason: faultText(error) });
    return new Response("The server made a mistake. It is in the server's log\n", { status: 500 });
  }
}

async function endWithin(server: Deno.HttpServer, graceMs: number, clock: Clock): Promise<void> {
  const ended = server.shutdown();
  await Promise.race([ended, clock.sleep(graceMs)]);
}
