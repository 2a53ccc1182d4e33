/** The network between one client and a server: a TCP proxy on the loopback, whose connections can be cut. */
export class Wire {
  /** Where the server listens; undefined while there is none, when everybody is turned away. */
  serverPort: number | undefined;
  readonly #listener: Deno.TcpListener;
  readonly #links = new Set<Link>();

  constructor(serverPort: number) {
    this.serverPort = serverPort;
    this.#listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    void this.#accept();
  }

  get port(): number {
    return this.#listener.addr.port;
  }

  /** Cuts every connection, now: what is under way in either direction is lost. */
  cut(): void {
    for (const link of this.#links) link.cut();
  }

  /** As `cut`, but at the moment when the server says something next: that is lost, and what made it say so is not. */
  cutBeforeAnswer(): void {
    for (const link of this.#links) link.isDeaf = true;
  }

  /** From now on it holds: what would be cut at the next answer is cut now. */
  mend(): void {
    for (const link of this.#links) if (link.isDeaf) link.cut();
  }

  close(): void {
    this.#listener.close();
    this.cut();
  }

  async #accept(): Promise<void> {
    for await (const client of this.#listener) void this.#join(client);
  }

  async #join(client: Deno.TcpConn): Promise<void> {
    const server = await this.#reachServer();
    if (server === undefined) return client.close();
    const link = new Link(client, server);
    this.#links.add(link);
    await link.ended;
    this.#links.delete(link);
  }

  /** Undefined where no server listens. */
  async #reachServer(): Promise<Deno.TcpConn | undefined> {
    if (this.serverPort === undefined) return undefined;
    try {
      const server = await Deno.connect({ hostname: "127.0.0.1", port: this.serverPort });
      server.setNoDelay(true);
      return server;
    } catch (error) {
      if (error instanceof Deno.errors.ConnectionRefused || error instanceof Deno.errors.ConnectionReset) {
        return;
      }
      throw error;
    }
  }
}

/** One connection through the wire. */
class Link {
  /** Whether what the server says next is lost, and the connection with it. */
  isDeaf = false;
  readonly ended: Promise<unknown>;
  readonly #ends: readonly Deno.TcpConn[];
  #isCut = false;

  constructor(client: Deno.TcpConn, server: Deno.TcpConn) {
    this.#ends = [client, server];
    this.ended = Promise.all([
      this.#pump(client, server, () => false),
      this.#pump(server, client, () => this.isDeaf),
    ]);
  }

  cut(): void {
    if (this.#isCut) return;
    this.#isCut = true;
    for (const end of this.#ends) end.close();
  }

  async #pump(from: Deno.TcpConn, to: Deno.TcpConn, isLost: () => boolean): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
        if (this.#isCut || isLost()) break;
        for (let sent = 0; sent < count;) sent += await to.write(buffer.subarray(sent, count));
      }
    } catch {
      // One of the ends is closed.
    }
    this.cut();
  }
}
