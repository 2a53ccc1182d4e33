/** Strangers of one address who ask to log in again and again, so that each seems to be in earnest. */
import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import type { Address } from "../load/load_connection.ts";
import { pause } from "./kept_session.ts";

const localAddress = "127.0.0.9";

/** How often each of them asks, and how long one that was let go waits, in milliseconds. */
const askEveryMs = 900, comeAgainMs = 1_000;

export class Insisters {
  readonly #address: Address;
  readonly #sockets: Set<TLSSocket> = new Set();
  readonly #running: Promise<void>[] = [];
  #stopped = false;

  constructor(address: Address, count: number) {
    this.#address = address;
    for (let number = 0; number < count; number++) this.#running.push(this.#insist(number));
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all(this.#running);
  }

  async #insist(number: number): Promise<void> {
    await pause(number * 5);
    while (!this.#stopped) {
      const socket = this.#open();
      this.#sockets.add(socket);
      const asking = setInterval(() => {
        socket.write(`{"type":"login","id":"1","username":"nobody${number}","password":"x"}\n`);
      }, askEveryMs);
      await new Promise((resolve) => socket.once("close", resolve));
      clearInterval(asking);
      this.#sockets.delete(socket);
      if (!this.#stopped) await pause(comeAgainMs);
    }
  }

  #open(): TLSSocket {
    const { port, authorityPem } = this.#address;
    const options: ConnectionOptions & { readonly localAddress: string } = {
      host: "127.0.0.1",
      port,
      localAddress,
      servername: "chat.internal",
      ca: authorityPem,
    };
    // What the server says, and that it hangs up, is of no interest.
    return connect(options).on("error", () => {}).resume();
  }
}
