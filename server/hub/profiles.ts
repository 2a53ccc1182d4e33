/** What people tell of themselves: changing one's own, and asking for somebody's. */
import { Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { ProfileRow } from "../store/mod.ts";
import { refuseDisplayName } from "./display_names.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { personKnownTo } from "./people_named.ts";
import { aboutOf } from "./profile_news.ts";
import { whenSettled } from "./settled.ts";
import { tellOthers } from "./telling.ts";

export function profile(hub: Hub, guest: Guest, request: Request<"profile">): void {
  const account = personKnownTo(hub, guest.account, request.username);
  whenSettled(hub, () => guest.answer({ type: "profile", re: request.id, ...aboutOf(account) }));
}

export function setProfile(hub: Hub, guest: Guest, request: Request<"set_profile">): void {
  const { account } = guest;
  const before = account.profile, after = withWish(before, request);
  if (after.displayName !== before.displayName) refuseDisplayName(hub, account, after.displayName);
  if (after.timeZone !== before.timeZone) refuseTimeZone(after.timeZone);
  account.profile = after;
  hub.journal.add({
    changes: [{ kind: "profile", accountId: account.id, profile: after }],
    committed: () => {
      guest.answer({ type: "profile", re: request.id, ...aboutOf(account) });
      tellOthers(guest, { type: "profile", ...aboutOf(account) });
      hub.profileNews.changed(account);
    },
    failed: (refusal) => {
      account.profile = before;
      guest.refuse(refusal, request.id);
    },
  });
}

/** What is not wished for stays; an empty text takes it away. */
function withWish(before: ProfileRow, wish: ProfileRow): ProfileRow {
  return {
    displayName: (wish.displayName ?? before.displayName) || undefined,
    statusText: (wish.statusText ?? before.statusText) || undefined,
    timeZone: (wish.timeZone ?? before.timeZone) || undefined,
  };
}

/** Throws `text_invalid` where there is no such time zone in the IANA database. */
function refuseTimeZone(timeZone: string | undefined): void {
  if (timeZone === undefined || isTimeZone(timeZone)) return;
  throw new Refusal("text_invalid", `"${timeZone}" is no time zone. Give one such as "Europe/Lisbon"`);
}

/** What Intl takes besides names, such as "+02:00", knows of no summer. */
function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
