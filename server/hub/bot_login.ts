/**
 * A bot's way in. Its token stays the same, since a program may run in several places and keeps it where it was put: there
 * is nothing to exchange, and it ends when somebody makes another one or deactivates the bot.
 */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { LoginRow } from "../store/mod.ts";
import { refuseCrowd } from "./crowd.ts";
import { type Arrival, enter } from "./entrance.ts";
import type { Hub } from "./hub.ts";
import { endSentences } from "./login_ends.ts";
import { type Issued, loginLedBy, newLogin } from "./logins.ts";
import { hashOf, sameHash } from "./secrets.ts";

/** The one login of a bot: 256 random bits, of which only the hash is kept. */
export function newBotLogin(accountId: number, world: World): Issued {
  return newLogin(accountId, "bot", true, world);
}

/** Opens a session of a bot. Throws `token_invalid` or `busy`. */
export function botLogin(hub: Hub, token: string, arrival: Arrival): void {
  const login = loginOf(hub, token);
  const account = hub.accounts.withId(login.accountId);
  refuseCrowd(hub, account);
  account.arriving++;
  hub.journal.add({
    changes: [{ kind: "login_seen", id: login.id, time: hub.world.clock.now() }],
    committed: () => {
      account.arriving--;
      const cursors = Object.create(null);
      enter(hub, account, { issued: { token, login }, cursors, arrival, proven: false });
    },
    failed: (refusal) => {
      account.arriving--;
      arrival.refuse(refusal);
    },
  });
}

function loginOf(hub: Hub, token: string): LoginRow {
  const login = loginLedBy(hub, token);
  const isGood = login !== undefined && sameHash(hashOf(token), login.next) &&
    hub.accounts.withId(login.accountId).isBot;
  if (!isGood) {
    throw new Refusal("token_invalid", "This is no bot's token. Ask those who look after the server for one");
  }
  if (login.ended !== undefined) throw new Refusal("token_invalid", endSentences[login.ended]);
  return login;
}
