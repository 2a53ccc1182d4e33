import { type Certificates, ensureCertificates } from "../../certs/mod.ts";
import { type Answer, encode, LineSplitter, type Push, type Signal } from "../../shared/protocol/mod.ts";
import { testWorld } from "./world.ts";

/** A TLS server that says only what a test makes it say, and keeps all that it is told. */
export interface ScriptedServer extends AsyncDisposable {
  readonly address: { readonly host: string; readonly port: number };
  /** The certificate of its authority. */
  readonly pem: string;
  /** The next connection whose handshake is done. */
  accept(): Promise<Peer>;
  /** All lines that were received, over all connections, in order. */
  readonly heard: readonly Heard[];
}

/** A request as it came, unchecked. */
export type Heard = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** One connection, seen from the server. */
export interface Peer {
  say(...frames: readonly (Answer | Push | Signal)[]): Promise<void>;
  /** Sends bytes that may be no frames at all. */
  sayRaw(text: string): Promise<void>;
  /** The next request but for `ping` and `pong`; undefined at the end. */
  hear(): Promise<Heard | undefined>;
  hangUp(): void;
}

export interface Script {
  /** Where its certificates are, or are made. */
  readonly directory: string;
  /** Shown in place of those of `directory`. */
  readonly certificates?: Pick<Certificates, "authorityPem" | "leafPem" | "leafKeyPem">;
  readonly port?: number;
  /** What is done with each connection; without it, `accept` is for the test to call. */
  readonly talk?: (peer: Peer) => Promise<void>;
}

export const hello: Signal<"auth_required"> = {
  type: "auth_required",
  protocol: 1,
  server: "scripted/1",
  name: "Script",
  methods: ["login", "register", "resume"],
  registration: "open",
  limits: { line: 131_072, text: 8_000 },
};

export async function scriptedServer(
  { directory, certificates, port = 0, talk }: Script,
): Promise<ScriptedServer> {
  const { authorityPem, leafPem, leafKeyPem } = certificates ??
    await ensureCertificates({ directory, world: testWorld() });
  const listener = Deno.listenTls({
    hostname: "127.0.0.1",
    port,
    cert: leafPem,
    key: leafKeyPem,
    alpnProtocols: ["chat/1"],
  });
  const heard: Heard[] = [];
  const open = new Set<Deno.TlsConn>();
  let closed = false;

  async function accept(): Promise<Peer> {
    for (;;) {
      const connection = await listener.accept();
      open.add(connection);
      if (await handshakes(connection)) return new SocketPeer(connection, heard);
    }
  }

  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    listener.close();
    open.forEach(closeQuietly);
    await talking;
  }

  const talking = talk && talkToAll(accept, talk);
  const address = { host: "127.0.0.1", port: listener.addr.port };
  return { address, pem: authorityPem, heard, accept, [Symbol.asyncDispose]: close };
}

async function talkToAll(accept: () => Promise<Peer>, talk: (peer: Peer) => Promise<void>): Promise<void> {
  const talks: Promise<void>[] = [];
  try {
    for (;;) talks.push(talk(await accept()).catch(ignoreClosed));
  } catch (cause) {
    ignoreClosed(cause);
  }
  await Promise.all(talks);
}

/** The other side may be gone at any time. */
function ignoreClosed(cause: unknown): void {
  const { BadResource, Interrupted, BrokenPipe, ConnectionReset, UnexpectedEof } = Deno.errors;
  const expected = [BadResource, Interrupted, BrokenPipe, ConnectionReset, UnexpectedEof];
  if (!expected.some((kind) => cause instanceof kind)) throw cause;
}

async function handshakes(connection: Deno.TlsConn): Promise<boolean> {
  try {
    await connection.handshake();
    return true;
  } catch {
    closeQuietly(connection);
    return false;
  }
}

function closeQuietly(connection: Deno.TlsConn): void {
  try {
    connection.close();
  } catch {
    // it was closed before
  }
}

class SocketPeer implements Peer {
  readonly #connection: Deno.TlsConn;
  readonly #heard: Heard[];
  readonly #requests: AsyncGenerator<Heard>;

  constructor(connection: Deno.TlsConn, heard: Heard[]) {
    this.#connection = connection;
    this.#heard = heard;
    this.#requests = this.#read();
  }

  say(...frames: readonly (Answer | Push | Signal)[]): Promise<void> {
    return this.sayRaw(frames.map(encode).join(""));
  }

  async sayRaw(text: string): Promise<void> {
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length;) at += await this.#connection.write(bytes.subarray(at));
  }

  async hear(): Promise<Heard | undefined> {
    for (;;) {
      const { value, done } = await this.#requests.next();
      if (done) return undefined;
      if (value.type !== "ping" && value.type !== "pong") return value;
    }
  }

  hangUp(): void {
    closeQuietly(this.#connection);
  }

  async *#read(): AsyncGenerator<Heard, undefined> {
    const splitter = new LineSplitter(256 * 1024);
    const buffer = new Uint8Array(16 * 1024);
    for (;;) {
      const count = await this.#connection.read(buffer).catch(() => null);
      if (count === null) return;
      for (const line of splitter.split(buffer.subarray(0, count))) {
        const request: Heard = JSON.parse(new TextDecoder().decode(line));
        this.#heard.push(request);
        yield request;
      }
    }
  }
}
