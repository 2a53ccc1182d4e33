/** Accounts of programs: made, given another token, and listed by those who look after the server. */
import { Refusal, type Request, type Scope, scopes } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Account } from "./account.ts";
import { accountNamed } from "./accounts.ts";
import { newBotLogin } from "./bot_login.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { inNameOrder } from "./listings.ts";
import { endLogins } from "./login_ends.ts";
import { cutPage } from "./page.ts";
import { refuseDeactivated } from "./people_named.ts";
import { whenSettled } from "./settled.ts";

/** The bot is in no room: its first is the one that somebody adds it to. */
export function makeBot(hub: Hub, guest: Guest, request: Request<"make_bot">): void {
  const chosen = inOrder(request.scopes);
  refuseTaken(hub, request.username);
  const row = { id: hub.accounts.nextId(), name: request.username, role: "guest" as const };
  const account = hub.accounts.add(row);
  account.scopes = chosen;
  const { token, login } = newBotLogin(account.id, hub.world);
  hub.records.logins.set(login.id, login);
  hub.journal.add({
    changes: [
      { kind: "account", account: row, password: undefined, time: hub.world.clock.now() },
      { kind: "bot", accountId: account.id, scopes: chosen },
      { kind: "login", login },
    ],
    committed: () => {
      hub.world.log.info("bot_made", {
        username: account.name,
        by: guest.account.name,
        scopes: chosen.join(" "),
      });
      answerBot(hub, guest, request.id, { account, scopes: chosen, token });
    },
    failed: (refusal) => {
      hub.accounts.remove(account);
      guest.refuse(refusal, request.id);
    },
  });
}

/** Each once. Throws `bad_request` where there is none. */
function inOrder(named: readonly Scope[]): readonly Scope[] {
  const chosen = scopes.filter((scope) => named.includes(scope));
  if (chosen.length > 0) return chosen;
  throw new Refusal("bad_request", `Say what the bot may do: at least one of ${scopes.join(", ")}`);
}

function refuseTaken({ accounts }: Hub, name: string): void {
  const account = accounts.named(name);
  if (account === undefined) return;
  throw new Refusal(
    "username_exists",
    account.isBot
      ? `There is a bot named "${name}" already. Make it a new token, or choose another name`
      : `The name "${name}" is taken. Choose another`,
  );
}

/** The scopes change with the token, so that no session outlives them. */
export function renewBot(hub: Hub, guest: Guest, request: Request<"renew_bot">): void {
  const account = accountNamed(hub.accounts, request.username);
  const before = account.scopes;
  if (before === undefined) throw new Refusal("no_such_user", `There is no bot named "${account.name}"`);
  refuseDeactivated(account);
  const allowed = request.scopes === undefined ? before : inOrder(request.scopes);
  const ends = endLogins(hub, account, "renewed", () => true);
  const { token, login } = newBotLogin(account.id, hub.world);
  const changes: Change[] = [
    ...ends.changes,
    { kind: "bot", accountId: account.id, scopes: allowed },
    { kind: "login", login },
  ];
  account.scopes = allowed;
  hub.records.logins.set(login.id, login);
  hub.journal.add({
    changes,
    committed: () => {
      hub.world.log.info("bot_renewed", {
        username: account.name,
        by: guest.account.name,
        scopes: allowed.join(" "),
      });
      ends.committed();
      answerBot(hub, guest, request.id, { account, scopes: allowed, token });
    },
    failed: (refusal) => {
      account.scopes = before;
      guest.refuse(refusal, request.id);
    },
  });
}

interface Bot {
  readonly account: Account;
  readonly scopes: readonly Scope[];
  readonly token: string;
}

function answerBot({ settings }: Hub, guest: Guest, re: string, { account, scopes, token }: Bot): void {
  guest.answer({
    type: "bot",
    re,
    username: account.name,
    scopes,
    token,
    link: settings.botLink(token),
    hook: scopes.includes("send") ? settings.hookAddress(token) : undefined,
  });
}

export function bots(hub: Hub, guest: Guest, request: Request<"bots">): void {
  hub.lastSeen.flush();
  whenSettled(hub, () => answerBots(hub, guest, request));
}

function answerBots(hub: Hub, guest: Guest, request: Request<"bots">): void {
  const lastUsed = hub.store.people.lastUsed();
  const all = hub.accounts.all().filter(({ isBot }) => isBot);
  const listed = inNameOrder(all, request.after)
    .map(({ id, name, scopes = [], memberships, connections, deactivated }) => ({
      username: name,
      scopes,
      rooms: memberships.size,
      online: connections.length > 0,
      deactivated: deactivated || undefined,
      seen: connections.length > 0 ? hub.world.clock.now() : lastUsed.get(id),
    }));
  const { items, more } = cutPage(listed, listed.length);
  guest.answer({ type: "bots", re: request.id, bots: items, more });
}
