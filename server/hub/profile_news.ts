import type { Answer, Signal } from "../../shared/protocol/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import type { Account } from "./account.ts";
import { PeopleNews } from "./people_news.ts";

/** What is told of somebody's profile, role, or the end of their account when it changes. */
export function profileNews(clock: Clock): PeopleNews {
  return new PeopleNews(clock, (account) => ({ type: "profile", ...aboutOf(account) }));
}

type About = Omit<Answer<"profile">, "type" | "re"> & Omit<Signal<"profile">, "type">;

/** What somebody tells of themselves, and what they are here. */
export function aboutOf({ name, profile, role, deactivated, isBot }: Account): About {
  return { username: name, ...profile, role, deactivated: deactivated || undefined, bot: isBot || undefined };
}
