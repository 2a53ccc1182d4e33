/** The list of everybody, for those who look after the server. */
import type { Request } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { inNameOrder } from "./listings.ts";
import { cutPage } from "./page.ts";
import { whenSettled } from "./settled.ts";

export function people(hub: Hub, guest: Guest, request: Request<"people">): void {
  hub.lastSeen.flush();
  whenSettled(hub, () => answerPeople(hub, guest, request));
}

function answerPeople(hub: Hub, guest: Guest, request: Request<"people">): void {
  const lastUsed = hub.store.people.lastUsed();
  const now = hub.world.clock.now();
  const listed = inNameOrder(hub.accounts.all(), request.after)
    .map(({ id, name, role, twoFactor, online, deactivated, isBot }) => ({
      username: name,
      role,
      twoFactor,
      online,
      deactivated: deactivated || undefined,
      bot: isBot || undefined,
      seen: online ? now : lastUsed.get(id),
    }));
  const { items, more } = cutPage(listed, listed.length);
  guest.answer({ type: "people", re: request.id, people: items, more });
}
