import { join } from "node:path";
import { type Outcome, understand } from "../../client/commands/mod.ts";
import { type Connection, type SaidPlace } from "../../client/connection/mod.ts";
import { type Door, knock } from "../../client/entrance/mod.ts";
import type { Model } from "../../client/model/mod.ts";
import { openTokens } from "../../client/tokens/mod.ts";
import { pinOf } from "../../shared/pin/mod.ts";
import { hurriedClock } from "./hurried_clock.ts";
import { testPassword } from "./line_client.ts";
import type { Records } from "./records.ts";
import type { TestServer } from "./server.ts";
import { Shown } from "./shown.ts";
import { Wire } from "./wire.ts";
import { testWorld } from "./world.ts";

/** What a device gets to work with. */
export interface DeviceOptions {
  readonly server: TestServer;
  readonly username: string;
  /** What the machine is called. Devices of one person and one name share its files. */
  readonly machine: string;
  readonly records: Records;
}

/** Each start of a client draws its own nonces. */
const starts = { made: 0 };

/** A client that a person has on a machine of their own, with a network of its own: what they type is done as faces do it. */
export class Device {
  readonly username: string;
  readonly wire: Wire;
  readonly #options: DeviceOptions;
  #connection: Connection | undefined;
  #shown: Shown | undefined;

  constructor(options: DeviceOptions) {
    this.#options = options;
    this.username = options.username;
    this.wire = new Wire(options.server.port);
  }

  get connection(): Connection {
    if (this.#connection === undefined) throw new Error(`${this.username} has no client running`);
    return this.#connection;
  }

  get isRunning(): boolean {
    return this.#connection !== undefined;
  }

  /** What the client has told since its start. */
  get shown(): Shown {
    if (this.#shown === undefined) throw new Error(`${this.username} has no client running`);
    return this.#shown;
  }

  model(): Model {
    return this.connection.model();
  }

  async register(invite?: string): Promise<void> {
    await this.#begin((door) => door.register(this.username, testPassword, invite));
  }

  async login(): Promise<void> {
    await this.#begin((door) => door.login(this.username, testPassword));
  }

  /** Starts the client again, by the login that the machine has. What was left unsent is sent now. */
  async resume(): Promise<void> {
    await this.#begin((door) => door.resume(this.username));
  }

  /** Does what a line says that the person types while they talk in `room`. Rejects as `Connection` does. */
  async type(line: string, room?: string): Promise<Outcome> {
    const { connection } = this;
    const intent = understand(line, connection.model().me.role);
    if (intent.kind === "say") return await say(connection, room, intent.text);
    if (intent.kind !== "run") throw new Error(`Nobody would type ${line}`);
    const outcome = await intent.command.run(
      {
        connection,
        room,
        asker: { ask: () => Promise.resolve("yes"), askHidden: () => Promise.resolve(testPassword) },
        show: () => {},
      },
      intent.words,
      intent.rest,
    );
    if (outcome.kind === "said") await say(connection, outcome.room, outcome.text, outcome);
    if (outcome.kind === "turned" && outcome.text !== undefined) {
      await say(connection, outcome.room, outcome.text);
    }
    return outcome;
  }

  /** Ends the client. What it has not sent stays on the machine. */
  async close(): Promise<void> {
    const connection = this.#connection;
    this.#connection = undefined;
    await connection?.close();
  }

  async #begin(enter: (door: Door) => Promise<Connection>): Promise<void> {
    const { server, username, machine, records } = this.#options;
    const world = testWorld({ clock: hurriedClock(), seed: ++starts.made });
    const data = join(server.data, `${username}-${machine}`);
    const pem = server.authorityPem;
    const door = await knock({
      world,
      server: {
        address: { host: "127.0.0.1", port: this.wire.port },
        pem,
        pin: pinOf(pem),
        fingerprint: "",
        words: "",
        because: "known",
      },
      tokens: openTokens(data, world.clock),
      data,
      deviceName: machine,
    });
    const connection = await enter(door);
    this.#shown = new Shown(connection);
    this.#connection = records.noting(connection, username);
  }
}

async function say(
  connection: Connection,
  room: string | undefined,
  text: string,
  { thread, quote }: SaidPlace = {},
): Promise<Outcome> {
  if (room === undefined) throw new Error(`"${text}" is said in no room`);
  await connection.say(room, text, { thread, quote });
  return { kind: "done" };
}
