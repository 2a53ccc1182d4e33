import { openStore } from "../../server/store/mod.ts";
import { ChatProcess } from "../load/chat_process.ts";
import { gather, upTo } from "../load/crowd.ts";
import { lineDialect } from "../load/line_dialect.ts";
import type { Address } from "../load/load_connection.ts";
import { loginBy, nameOf, tokenOf } from "../load/population.ts";
import { talk } from "../load/talk.ts";
import { Client } from "./client.ts";
import { pause } from "./kept_session.ts";
import type { Bar } from "./verdict.ts";
import { room, withRoom } from "./with_room.ts";

const people = 100, speakers = 20, perSecond = 50, seconds = 6;
const quietMs = 2_000, closedMsMax = 1_000;

export const revocation: Bar = {
  says:
    `${people} people revoke their lost phones while their room talks: the sessions there end, and their tokens are refused`,
  run: (say) =>
    withRoom(people + speakers, async (data) => {
      addPhones(data);
      const chat = await ChatProcess.start({ data });
      const owners = await Promise.all(
        upTo(people).map((number) => Owner.open(chat.address, nameOf(number))),
      );
      const crowd = upTo(speakers).map((speaker) => speaker + people);
      const connections = await gather(chat.address, lineDialect(tokenOf), crowd, () => []);
      const talking = talk(connections, lineDialect(tokenOf), {
        streams: upTo(speakers).map((speaker) => ({ speaker, room, listeners: speakers - 1 })),
        messages: perSecond * seconds,
        pace: { perSecond },
        textCharacters: 100,
      });
      await pause(quietMs);
      const losses = await Promise.all(owners.map((owner) => owner.revoke()));
      const { lost, outOfTurn } = await talking;
      const refused = await Promise.all(owners.map((owner) => owner.isPhoneRefused()));
      for (const connection of connections) connection.close();
      await chat.stop();
      return judge(losses, refused, lost + outOfTurn, say);
    }),
};

/** A second login for each of the people. */
function addPhones(data: string): void {
  const store = openStore(`${data}/server/chat.db`);
  store.commit(
    upTo(people).map((number) => ({
      kind: "login",
      login: loginBy(phoneTokenOf(nameOf(number)), number + 1, "A lost phone"),
    })),
  );
  store.close();
}

function phoneTokenOf(name: string): string {
  return tokenOf(`phone-${name}`);
}

/** How long the phone's sessions lived after the revocation was asked for, in milliseconds; of those that opened at all. */
interface Loss {
  readonly openedMs: number;
  /** The session that was only just being opened. */
  readonly openingMs: number;
  readonly code: string | undefined;
}

/** Somebody at their laptop, whose phone is somewhere else, with one session open and one just being opened. */
class Owner {
  readonly #address: Address;
  readonly #name: string;
  readonly #laptop: Client;
  readonly #phone: Client;
  readonly #opening: Client;

  private constructor(address: Address, name: string, clients: readonly [Client, Client, Client]) {
    this.#address = address;
    this.#name = name;
    [this.#laptop, this.#phone, this.#opening] = clients;
  }

  static async open(address: Address, name: string): Promise<Owner> {
    const [laptop, phone, opening] = [
      await Client.open(address),
      await Client.open(address),
      await Client.open(address),
    ];
    await laptop.resume(name);
    await phone.resume(`phone-${name}`);
    return new Owner(address, name, [laptop, phone, opening]);
  }

  async revoke(): Promise<Loss> {
    const began = performance.now();
    const comeBack = () => this.#opening.resume(`phone-${this.#name}`);
    // Of the sessions that are just being opened, some are quicker than the revocation and some are slower.
    const early = Math.random() < 0.5 ? comeBack() : undefined;
    const revoking = this.#laptop.ask({ type: "revoke" });
    const entering = early ?? comeBack();
    const phoneEnds = this.#phone.ended.then((bye) => ({ code: bye?.code, ms: performance.now() - began }));
    const openingEnds = entering.then((answer) => this.#endOfOpening(answer?.type, began));
    const late = pause(5 * closedMsMax).then(() => ({ code: "open", ms: Infinity }));
    const answer = await revoking;
    const { code, ms } = await Promise.race([phoneEnds, late]);
    const openingMs = await Promise.race([openingEnds, late.then(({ ms }) => ms)]);
    return { openedMs: ms, openingMs, code: answer?.type === "ok" ? code : answer?.code };
  }

  /** Whoever was too late to get in has nothing that could be ended. */
  async #endOfOpening(answer: string | undefined, began: number): Promise<number> {
    if (answer !== "auth_success") return 0;
    await this.#opening.ended;
    return performance.now() - began;
  }

  async isPhoneRefused(): Promise<boolean> {
    const client = await Client.open(this.#address);
    const answer = await client.resume(`phone-${this.#name}`);
    for (const each of [client, this.#laptop, this.#phone, this.#opening]) each.close();
    return answer?.code === "token_invalid";
  }
}

function judge(
  losses: readonly Loss[],
  refusals: readonly boolean[],
  disturbed: number,
  say: (line: string) => void,
): Awaited<ReturnType<Bar["run"]>> {
  const slowestMs = Math.max(...losses.flatMap(({ openedMs, openingMs }) => [openedMs, openingMs]));
  const closed =
    losses.filter(({ openedMs, openingMs }) => Math.max(openedMs, openingMs) <= closedMsMax).length;
  const told = losses.filter(({ code }) => code === "revoked").length;
  const refused = refusals.filter(Boolean).length;
  const opening = losses.filter(({ openingMs }) => openingMs > 0).length;
  say(
    `told why: ${told} of ${people}; of the sessions just being opened ${opening} came in first, and ended too`,
  );
  say(`messages of the others lost or out of turn: ${disturbed}`);
  return {
    passed: closed === people && told === people && refused === people && disturbed === 0,
    figure:
      `${closed} of ${people} closed within ${closedMsMax / 1000} s, the slowest after ${
        Math.round(slowestMs)
      } ms; ` +
      `${refused} of ${people} old tokens refused (target: all)`,
  };
}
