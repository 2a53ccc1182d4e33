/**
 * What happens in the chat: accounts, rooms, membership, messages, presence, and who is told. Synchronous throughout:
 * one request is decided before the next begins; what it changes is stored by the journal and only then told.
 * Imports shared/ and server/store.
 */
export { type Account } from "./account.ts";
export { admit, registrationOf } from "./admission.ts";
export { type Arrival, depart, refuseTaken, resume, signIn, signUp } from "./entrance.ts";
export { type Guest } from "./guest.ts";
export { handle, type HubRequestType } from "./handlers.ts";
export { type Hub, type HubSettings, openHub } from "./hub.ts";
export { newInvite } from "./invites.ts";
export { Outbox, type Sink } from "./outbox.ts";
