/** A way to a server on the loopback that breaks again and again. */
export interface CuttingProxy extends AsyncDisposable {
  readonly port: number;
  /** How often it has broken. */
  readonly cuts: number;
}

/** Breaks each connection after so many bytes, in both directions together, but not more than `cutsMax` in all. */
export function cuttingProxy(to: number, bytes: number, cutsMax: number): CuttingProxy {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.TcpConn>();
  const ways: Promise<void>[] = [];
  let cuts = 0, isClosed = false;

  async function acceptAll(): Promise<void> {
    for await (const near of listener) {
      const far = await Deno.connect({ hostname: "127.0.0.1", port: to });
      const pair = new Pair(near, far, cuts < cutsMax ? bytes : Infinity, () => void cuts++);
      open.add(near).add(far);
      ways.push(pair.carry());
    }
  }

  const accepting = acceptAll().catch(() => {});
  return {
    port: listener.addr.port,
    get cuts() {
      return cuts;
    },
    async [Symbol.asyncDispose]() {
      if (isClosed) return;
      isClosed = true;
      listener.close();
      open.forEach(close);
      await accepting;
      await Promise.all(ways);
    },
  };
}

class Pair {
  readonly #near: Deno.TcpConn;
  readonly #far: Deno.TcpConn;
  readonly #cut: () => void;
  #left: number;

  constructor(near: Deno.TcpConn, far: Deno.TcpConn, bytes: number, cut: () => void) {
    this.#near = near;
    this.#far = far;
    this.#left = bytes;
    this.#cut = cut;
  }

  async carry(): Promise<void> {
    await Promise.allSettled([this.#pass(this.#near, this.#far), this.#pass(this.#far, this.#near)]);
  }

  async #pass(from: Deno.TcpConn, to: Deno.TcpConn): Promise<void> {
    const buffer = new Uint8Array(64 * 1024);
    try {
      for (let count = await from.read(buffer); count !== null; count = await from.read(buffer)) {
        const isCut = this.#left > 0 && (this.#left -= count) <= 0;
        if (isCut) this.#cut();
        if (this.#left <= 0) return;
        for (let written = 0; written < count;) written += await to.write(buffer.subarray(written, count));
      }
    } finally {
      close(this.#near);
      close(this.#far);
    }
  }
}

function close(connection: Deno.TcpConn): void {
  try {
    connection.close();
  } catch {
    // it was closed before
  }
}
