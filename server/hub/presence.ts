import { encode, limits, toBytes } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { Account } from "./account.ts";
import { PeopleNews } from "./people_news.ts";
import type { Room } from "./room.ts";

/** Who is here, and how: tells of each account what it was not told to be before. */
export function presenceNews(clock: Clock): PeopleNews {
  return new PeopleNews(clock, (account) => {
    const { presence: status, name: username } = account;
    if (status === account.presenceTold) return undefined;
    account.presenceTold = status;
    return { type: "presence", username, status };
  });
}

/**
 * Tells the members of a room that somebody who has come into it is here: they may share no other room with them. What
 * nobody was told yet comes with the news, or is over by then.
 */
export function introduce(account: Account, room: Room): void {
  const { presenceTold: status, name: username, sessions } = account;
  if (status === "offline" || room.members.size > limits.presenceMembers) return;
  const line = toBytes(encode({ type: "presence", username, status }));
  for (const outbox of room.attached) if (!sessions.has(outbox)) outbox.pushMomentary(line);
}
