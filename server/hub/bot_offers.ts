import type { Scope } from "../../shared/protocol/mod.ts";
import type { Cancel, World } from "../../shared/world/mod.ts";
import type { BotOfferRow } from "../store/mod.ts";
import { newBotLogin } from "./bot_login.ts";
import type { Hub } from "./hub.ts";

/** How soon a bot that was made beside the server is known, in milliseconds. */
const lookEveryMs = 1_000;

/** A bot to be made by a server that may be running: its account is that server's to make. */
export function newBotOffer(
  name: string,
  scopes: readonly Scope[],
  world: World,
): { readonly token: string; readonly offer: BotOfferRow } {
  const { token, login } = newBotLogin(0, world);
  return { token, offer: { name, scopes, loginId: login.id, token: login.next } };
}

/** Makes accounts of the bots that were made on the server's machine, whether it was running then or not. */
export class BotOffers {
  readonly #hub: Hub;
  #stop: Cancel = () => {};

  constructor(hub: Hub) {
    this.#hub = hub;
  }

  start(): void {
    this.look();
    this.#stop = this.#hub.world.clock.every(lookEveryMs, () => this.look());
  }

  stop(): void {
    this.#stop();
  }

  look(): void {
    for (const offer of this.#hub.store.people.botOffers()) this.#take(offer);
  }

  /** Where somebody has taken the name meanwhile, the token is nobody's. */
  #take({ name, scopes, loginId, token }: BotOfferRow): void {
    const { accounts, journal, world: { clock, log } } = this.#hub;
    const gone = { kind: "no_bot_offer", name } as const;
    if (accounts.named(name) !== undefined) {
      log.warn("bot_name_taken", { username: name });
      return journal.add({ changes: [gone], committed: () => {}, failed: () => {} });
    }
    const row = { id: accounts.nextId(), name, role: "guest" as const };
    const account = accounts.add(row);
    account.scopes = scopes;
    const time = clock.now();
    const login = {
      id: loginId,
      accountId: row.id,
      name: "bot",
      fixed: true,
      current: undefined,
      next: token,
      created: time,
    };
    journal.add({
      changes: [
        gone,
        { kind: "account", account: row, password: undefined, time },
        { kind: "bot", accountId: row.id, scopes },
        { kind: "login", login: { ...login, used: time, ended: undefined } },
      ],
      committed: () => log.info("bot_made", { username: name, by: "", scopes: scopes.join(" ") }),
      failed: () => accounts.remove(account),
    });
    // Whatever else is decided in this turn, the offer is not to be seen a second time.
    journal.commit();
  }
}
