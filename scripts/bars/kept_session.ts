import type { Address } from "../load/load_connection.ts";
import { Client, type Frame } from "./client.ts";

export interface Visitor {
  readonly name: string;
  /** How far each room was seen. */
  cursors(): Readonly<Record<string, number>>;
  /** A session is open. Called before anything that comes after its welcome is heard. */
  entered(client: Client, welcome: Frame): void;
  /** What comes unasked; not even parsed where nobody wants to hear it. */
  hear?(event: Frame): void;
}

/** How long to wait before the next try, in milliseconds: after so many failures in a row, and what the server asked for. */
export type Patience = (failures: number, retryAfterMs: number) => number;

export const impatient: Patience = (): number => 5;

/** Keeps somebody's session open: comes back whenever the connection is lost, until told to stop. */
export class KeptSession {
  /** From each loss to the next welcome, in milliseconds. */
  readonly gapsMs: number[] = [];
  readonly #address: Address;
  readonly #visitor: Visitor;
  readonly #patience: Patience;
  readonly #running: Promise<void>;
  #client: Client | undefined;
  #stopped = false;

  constructor(address: Address, visitor: Visitor, patience: Patience = impatient) {
    this.#address = address;
    this.#visitor = visitor;
    this.#patience = patience;
    this.#running = this.#run();
  }

  /** Cuts the connection, if there is one. */
  cut(): void {
    this.#client?.close();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.cut();
    await this.#running;
  }

  async #run(): Promise<void> {
    let lostAt: number | undefined;
    let failures = 0, retryAfterMs = 0;
    while (!this.#stopped) {
      const client = await this.#enter();
      if (client === undefined) {
        await pause(this.#patience(failures++, retryAfterMs));
        continue;
      }
      if (lostAt !== undefined) this.gapsMs.push(performance.now() - lostAt);
      this.#client = client;
      const bye = await client.ended;
      lostAt = performance.now();
      failures = 0;
      retryAfterMs = bye?.retryAfterMs ?? 0;
      if (bye !== undefined && !this.#stopped) await pause(this.#patience(failures, retryAfterMs));
    }
  }

  async #enter(): Promise<Client | undefined> {
    const client = await Client.open(this.#address).catch(() => undefined);
    if (client === undefined) return undefined;
    const early: Frame[] = [];
    let welcomed = false;
    const visitor = this.#visitor;
    if (visitor.hear !== undefined) {
      client.onEvent = (event) => welcomed ? visitor.hear?.(event) : early.push(event);
    }
    const welcome = await client.resume(visitor.name, visitor.cursors());
    if (welcome?.type !== "auth_success") {
      client.close();
      return undefined;
    }
    visitor.entered(client, welcome);
    welcomed = true;
    for (const event of early) visitor.hear?.(event);
    return client;
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
