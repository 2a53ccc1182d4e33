import { ChatProcess } from "../load/chat_process.ts";
import { gather, upTo } from "../load/crowd.ts";
import { lineDialect } from "../load/line_dialect.ts";
import type { Address } from "../load/load_connection.ts";
import { nameOf, tokenOf } from "../load/population.ts";
import { talk } from "../load/talk.ts";
import { limits } from "../../shared/protocol/mod.ts";
import { Client } from "./client.ts";
import { pause } from "./kept_session.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const others = 20, speakers = 10, perSecond = 20, seconds = 20, framesPerSecond = 5_000, targetMs = 100;

export const flood: Bar = {
  says: `One client sends ${framesPerSecond} frames a second: it is throttled, and the others do not notice`,
  run: (say) =>
    withRoom(others + 1, async (data) => {
      const chat = await ChatProcess.start({ data, rates: true });
      const connections = await gather(chat.address, lineDialect(tokenOf), upTo(others), () => []);
      const flooder = new Flooder(chat.address, nameOf(others));
      const streams = upTo(speakers).map((speaker) => ({ speaker, room, listeners: others - 1 }));
      const plan = { streams, messages: perSecond * seconds, pace: { perSecond }, textCharacters: 100 };
      const { lost, outOfTurn, latencies } = await talk(connections, lineDialect(tokenOf), plan);
      await flooder.stop();
      for (const connection of connections) connection.close();
      await chat.stop();
      const p99Ms = latencies.percentileMs(0.99);
      const allowed = flooder.connections * limits.messageBurst + (seconds + 1) * limits.messagesPerSecond;
      say(
        `${flooder.sent} frames sent over ${flooder.connections} connections, of them ${flooder.accepted} accepted`,
      );
      say(`refused for their rate ${flooder.refused}, thrown out as a flood ${flooder.thrownOut} times`);
      say(`others' lost or out of turn: ${lost + outOfTurn}`);
      return {
        passed: p99Ms <= targetMs && flooder.accepted <= allowed && flooder.thrownOut > 0 &&
          lost + outOfTurn === 0,
        figure: `others' delivery p99 ${p99Ms.toFixed(1)} ms (target: at most ${targetMs}); ` +
          `${flooder.accepted} frames of the flood accepted (at most ${allowed})`,
      };
    }),
};

/** Sends and sends; comes back when it is thrown out. */
class Flooder {
  sent = 0;
  accepted = 0;
  refused = 0;
  thrownOut = 0;
  connections = 0;
  readonly #running: Promise<void>;
  #stopped = false;

  constructor(address: Address, name: string) {
    this.#running = this.#run(address, name);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#running;
  }

  async #run(address: Address, name: string): Promise<void> {
    while (!this.#stopped) {
      const client = await Client.open(address);
      await client.resume(name);
      this.connections++;
      client.onEvent = (event) => this.#hear(event);
      await this.#pour(client);
      client.close();
    }
  }

  async #pour(client: Client): Promise<void> {
    const began = performance.now();
    let here = 0;
    while (client.isOpen && !this.#stopped) {
      const due = Math.floor((performance.now() - began) * framesPerSecond / 1000);
      for (; here < due; here++) client.say({ type: "send", id: "f", room, text: "flood" });
      await pause(1);
    }
    this.sent += here;
  }

  #hear(event: { readonly type: string; readonly code?: string }): void {
    if (event.type === "ok") this.accepted++;
    else if (event.code === "rate_limited") this.refused++;
    else if (event.type === "bye" && event.code === "flood") this.thrownOut++;
  }
}
