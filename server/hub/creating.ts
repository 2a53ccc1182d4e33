/** Making a room. */
import { limits, Refusal, type Request } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import { directPrefix } from "./direct.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { Joining, refuseTooMany } from "./joining.ts";
import { Making } from "./making.ts";
import { decide } from "./steps.ts";

/** Makes a room whose first event is its maker's `joined`, and whose first moderator is its maker. */
export function create(hub: Hub, guest: Guest, request: Request<"create">): void {
  const { account } = guest;
  refuseName(hub, request.room);
  refuseTooMany(account);
  refuseTooManyMade(account);
  const { room: name, kind = "standard", access = "public", topic } = request;
  const row = {
    name,
    kind,
    access,
    topic,
    description: undefined,
    archived: false,
    retentionMs: undefined,
    held: false,
  };
  const making = new Making(hub, row, account);
  const asked = new Joining(hub, account, making.room, { standing: "moderator" });
  decide(hub, { guest, re: request.id }, { before: [making], asked });
}

function refuseName({ rooms }: Hub, name: string): void {
  if (name.startsWith(directPrefix)) {
    throw new Refusal("forbidden", `Names that begin with "${directPrefix}" are for direct conversations`);
  }
  if (rooms.named(name) === undefined) return;
  throw new Refusal("room_exists", `There is a room named "${name}" already`);
}

function refuseTooManyMade({ roomsMade }: Account): void {
  if (roomsMade < limits.roomsMadePerAccount) return;
  throw new Refusal(
    "forbidden",
    `You have made ${limits.roomsMadePerAccount} rooms, which is as many as one person may make`,
  );
}
