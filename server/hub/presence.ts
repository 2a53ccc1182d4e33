import type { Presence } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { Account } from "./account.ts";
import { PeopleNews } from "./people_news.ts";

/** Who is here, and how: tells of each account what it was not told to be before. */
export function presenceNews(clock: Clock): PeopleNews {
  const told = new Map<Account, Presence>();
  return new PeopleNews(clock, (account) => {
    const { presence: status, name: username } = account;
    if (status === (told.get(account) ?? "offline")) return undefined;
    if (status === "offline") told.delete(account);
    else told.set(account, status);
    return { type: "presence", username, status };
  });
}
