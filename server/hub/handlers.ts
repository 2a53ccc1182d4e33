/** What the hub does for each request of a session: a handler missing here does not compile. */
import { type Request, type requestFrames, type RequestType } from "../../shared/protocol/mod.ts";
import { add } from "./adding.ts";
import { change } from "./changing.ts";
import { policy } from "./changing_policy.ts";
import { role } from "./changing_role.ts";
import { create } from "./creating.ts";
import { deactivate } from "./deactivation.ts";
import { deleteMessage } from "./deletions.ts";
import { devices, revoke } from "./devices.ts";
import { direct } from "./direct.ts";
import { draft, drafts } from "./drafts.ts";
import { edit, revisions } from "./edits.ts";
import { follow, readThread } from "./following.ts";
import type { Guest } from "./guest.ts";
import { history } from "./history.ts";
import type { Hub } from "./hub.ts";
import { invite } from "./invites.ts";
import { join } from "./joining.ts";
import { leave } from "./leaving.ts";
import { level } from "./levels.ts";
import { bans } from "./bans.ts";
import { rooms, who } from "./listings.ts";
import { mentions } from "./mentions.ts";
import { send } from "./messages.ts";
import { people } from "./people.ts";
import { pin, pins, unpin } from "./pins.ts";
import { react, unreact } from "./reactions.ts";
import { profile, setProfile } from "./profiles.ts";
import { read, unread } from "./read_marks.ts";
import { remove } from "./removing.ts";
import { issueReset } from "./resets.ts";
import { thread, threads } from "./threads.ts";
import { search } from "./searching.ts";
import { standing } from "./standing.ts";
import { status } from "./status.ts";
import { typing } from "./typing.ts";

/** Requests for which a password or a code must be proven first, which takes a while: sessions see to them. */
export type ProvingRequestType =
  | "change_password"
  | "prove"
  | "two_factor_begin"
  | "two_factor_confirm"
  | "two_factor_end"
  | "recovery_codes";

/** The requests that need a session and are decided at once. */
export type HubRequestType = Exclude<
  { [T in RequestType]: (typeof requestFrames)[T]["phase"] extends "member" ? T : never }[RequestType],
  ProvingRequestType
>;

type Handlers = { readonly [T in HubRequestType]: (hub: Hub, guest: Guest, request: Request<T>) => void };

const handlers: Handlers = {
  join,
  leave,
  create,
  rooms,
  send,
  history,
  read,
  who,
  invite,
  devices,
  revoke,
  people,
  role,
  issue_reset: issueReset,
  policy,
  edit,
  delete: deleteMessage,
  revisions,
  react,
  unreact,
  pin,
  unpin,
  pins,
  thread,
  follow,
  read_thread: readThread,
  threads,
  mentions,
  search,
  unread,
  level,
  draft,
  drafts,
  typing,
  status,
  set_profile: setProfile,
  profile,
  direct,
  add,
  remove,
  bans,
  standing,
  change,
  deactivate,
};

/** Does what a guest asks. Throws a Refusal; answers to what must be stored come later, from the journal. */
export function handle<T extends HubRequestType>(hub: Hub, guest: Guest, request: Request<T>): void {
  const handler: (hub: Hub, guest: Guest, request: Request<T>) => void = handlers[request.type as T];
  handler(hub, guest, request);
}
