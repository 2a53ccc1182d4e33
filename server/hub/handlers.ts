/** What the hub does for each request of a session: a handler missing here does not compile. */
import type { Request, requestFrames, RequestType } from "../../shared/protocol/mod.ts";
import { add } from "./adding.ts";
import { bots, makeBot, renewBot } from "./bots.ts";
import { change, hold } from "./changing.ts";
import { policy } from "./changing_policy.ts";
import { role } from "./changing_role.ts";
import { create } from "./creating.ts";
import { deactivate } from "./deactivation.ts";
import { deleteMessage } from "./deletions.ts";
import { devices, revoke } from "./devices.ts";
import { direct } from "./direct.ts";
import { draft, drafts } from "./drafts.ts";
import { get } from "./downloading.ts";
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
import { cancelUpload, put, upload } from "./uploading.ts";

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

type Handler<T extends HubRequestType> = (
  hub: Hub,
  guest: Guest,
  request: Request<T>,
) => void | Promise<void>;

type Handlers = { readonly [T in HubRequestType]: Handler<T> };

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
  make_bot: makeBot,
  renew_bot: renewBot,
  bots,
  upload,
  put,
  cancel_upload: cancelUpload,
  get,
  hold,
};

/**
 * Does what a guest asks. Throws a Refusal; answers to what must be stored come later, from the journal. What has to wait
 * for the disk returns a promise, which may reject with one: what the session asks next comes after it.
 */
export function handle<T extends HubRequestType>(
  hub: Hub,
  guest: Guest,
  request: Request<T>,
): void | Promise<void> {
  const handler: Handler<T> = handlers[request.type as T];
  return handler(hub, guest, request);
}
