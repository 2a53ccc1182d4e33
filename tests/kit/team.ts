import { cpSync } from "node:fs";
import { Device } from "./device.ts";
import { Records } from "./records.ts";
import { TestServer } from "./server.ts";
import { withDirectory } from "./directory.ts";
import { testWorld } from "./world.ts";

/** The machines that people have, each with a login. */
export const machines = {
  ana: ["desk", "phone"],
  ben: ["desk", "phone"],
  eve: ["desk"],
  dan: ["desk"],
  gus: ["desk"],
} as const;

export type Username = keyof typeof machines;

/** A server with an owner, members and a guest, whose machines are logged in: made once, since passwords take their time. */
export class Team {
  readonly #data: string;
  readonly #tokens: ReadonlyMap<string, string>;

  private constructor(data: string, tokens: ReadonlyMap<string, string>) {
    this.#data = data;
    this.#tokens = tokens;
  }

  static async make(data: string): Promise<Team> {
    const server = new TestServer(data, testWorld(), {});
    await server.start();
    try {
      await registerAll(server);
      const tokens = new Map<string, string>();
      for (const username of Object.keys(machines)) {
        using client = await server.connect();
        tokens.set(username, (await client.login(username)).token);
      }
      return new Team(data, tokens);
    } finally {
      await server.stop();
    }
  }

  /** A token of somebody's that none of their machines has. */
  token(username: string): string {
    const token = this.#tokens.get(username);
    if (token === undefined) throw new Error(`Nobody is named ${username}`);
    return token;
  }

  /** Runs `use` with a data directory of its own that has the same accounts, logins and machines. */
  async withData(use: (data: string) => Promise<void>): Promise<void> {
    await withDirectory(async (directory) => {
      const data = `${directory}/data`;
      cpSync(this.#data, data, { recursive: true });
      await use(data);
    });
  }
}

async function registerAll(server: TestServer): Promise<void> {
  const records = new Records();
  let guestInvite: string | undefined;
  for (const [username, [first, ...more]] of Object.entries(machines)) {
    const device = new Device({ server, username, machine: first, records });
    await device.register(username === "gus" ? guestInvite : undefined);
    if (username === "ana") {
      guestInvite = (await device.connection.request({ type: "invite", role: "guest" })).secret;
    }
    const others = more.map((machine) => new Device({ server, username, machine, records }));
    for (const other of others) await other.login();
    for (const each of [device, ...others]) {
      await each.close();
      each.wire.close();
    }
  }
}
