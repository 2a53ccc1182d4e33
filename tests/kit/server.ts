/** A real server on a free port of the loopback, over real TLS, with its own data directory. */
import { makeConfig, openServer, openSocketControl, type Server, type Wishes } from "../../server/mod.ts";
import { newInvite } from "../../server/hub/mod.ts";
import { openStore } from "../../server/store/mod.ts";
import { withDirectory } from "./directory.ts";
import { type JumpingClock, jumpingClock } from "./jumping_clock.ts";
import { LineClient } from "./line_client.ts";
import { type TestWorld, testWorld } from "./world.ts";

export interface ServerOptions {
  readonly wishes?: Wishes;
  readonly world?: TestWorld;
}

export class TestServer {
  /** The data directory as `--data` has it. */
  readonly data: string;
  readonly world: TestWorld;
  readonly #wishes: Wishes;
  #running: Server | undefined;
  #port = 0;
  #webPort: number | undefined;

  constructor(data: string, world: TestWorld, wishes: Wishes) {
    this.data = data;
    this.world = world;
    this.#wishes = wishes;
  }

  get port(): number {
    return this.#port;
  }

  /** Where browsers are let in, with the setting "server.web_port". */
  get webPort(): number | undefined {
    return this.#webPort;
  }

  get directory(): string {
    return `${this.data}/server`;
  }

  get authorityPem(): string {
    return Deno.readTextFileSync(`${this.directory}/authority.pem`);
  }

  /** Starts, at the second time on the same port and data as at the first, with `changes` to its settings. */
  async start(changes: Wishes = {}): Promise<void> {
    const usual = {
      "server.host": "127.0.0.1",
      "server.web_port": "off",
      "server.registration": "open",
      "limits.rates": "off",
      "passwords.passes": "2",
    };
    const port = { "server.port": String(this.#port) };
    const config = makeConfig(this.directory, usual, this.#wishes, changes, port);
    this.#running = await openServer(config, this.world, openSocketControl());
    this.#running.letIn();
    this.#port = this.#running.address.port;
    this.#webPort = this.#running.webAddress?.port;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = undefined;
  }

  /** The secret of an invite that makes the owner of a server that has none. */
  ownerInvite(): string {
    const store = openStore(`${this.directory}/chat.db`);
    const { secret, change } = newInvite({ role: "owner", uses: 1, lifeMs: 60_000 }, this.world);
    store.commit([change]);
    store.close();
    return secret;
  }

  /** A verified connection that has heard the greeting. */
  connect(): Promise<LineClient> {
    return LineClient.open(this.port, this.authorityPem);
  }

  /** A connection with a new account. */
  async register(username: string): Promise<LineClient> {
    const client = await this.connect();
    await client.register(username);
    return client;
  }
}

/** Runs `use` with a started server, and stops it whatever happens. */
export async function withServer(
  use: (server: TestServer) => Promise<void>,
  { wishes = {}, world = testWorld() }: ServerOptions = {},
): Promise<void> {
  await withDirectory(async (data) => {
    const server = new TestServer(data, world, wishes);
    await server.start();
    try {
      await use(server);
    } finally {
      await server.stop();
    }
  });
}

/** Runs `use` with a started server and with a clock by which its time can be moved on. */
export async function withServerAndClock(
  use: (server: TestServer, clock: JumpingClock) => Promise<void>,
  wishes: Wishes = {},
): Promise<void> {
  using clock = jumpingClock();
  await withServer((server) => use(server, clock), { wishes, world: testWorld({ clock }) });
}
