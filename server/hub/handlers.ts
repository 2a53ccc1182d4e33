/** What the hub does for each request of a session: a handler missing here does not compile. */
import type { Request, requestFrames, RequestType } from "../../shared/protocol/mod.ts";
import { create } from "./creating.ts";
import type { Guest } from "./guest.ts";
import { history } from "./history.ts";
import type { Hub } from "./hub.ts";
import { invite } from "./invites.ts";
import { join, leave } from "./joining.ts";
import { rooms, who } from "./listings.ts";
import { send } from "./messages.ts";
import { read } from "./read_marks.ts";

/** The requests that need a session. */
export type HubRequestType = {
  [T in RequestType]: (typeof requestFrames)[T]["phase"] extends "member" ? T : never;
}[RequestType];

type Handlers = { readonly [T in HubRequestType]: (hub: Hub, guest: Guest, request: Request<T>) => void };

const handlers: Handlers = { join, leave, create, rooms, send, history, read, who, invite };

/** Does what a guest asks. Throws a Refusal; answers to what must be stored come later, from the journal. */
export function handle<T extends HubRequestType>(hub: Hub, guest: Guest, request: Request<T>): void {
  const handler: (hub: Hub, guest: Guest, request: Request<T>) => void = handlers[request.type as T];
  handler(hub, guest, request);
}
