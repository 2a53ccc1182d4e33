/**
 * What happens in the chat: accounts, rooms, membership, messages, presence, and who is told. Synchronous throughout:
 * one request is decided before the next begins; what it changes is stored by the journal and only then told.
 * Imports shared/, server/store and server/files.
 */
export { type Account } from "./account.ts";
export { type Admission, admit, registrationOf } from "./admission.ts";
export { botLogin } from "./bot_login.ts";
export { BotOffers, newBotOffer } from "./bot_offers.ts";
export { changePassword, isStillIn, passwordOf, setPassword } from "./credentials.ts";
export { refuseCrowd } from "./crowd.ts";
export { type Arrival, depart, refuseTaken, resume, signIn, signUp } from "./entrance.ts";
export { Expiring } from "./expiring.ts";
export { refusalFor } from "./fault.ts";
export { FileKeeping } from "./file_keeping.ts";
export { type Guest } from "./guest.ts";
export { handle, type HubRequestType, type ProvingRequestType } from "./handlers.ts";
export { firstRoom, type Hub, type HubSettings, openHub } from "./hub.ts";
export { newInvite } from "./invites.ts";
export { Outbox, type Sink } from "./outbox.ts";
export { confirmProof, isProven, proofRequired } from "./proof.ts";
export { Reclaiming } from "./reclaiming.ts";
export { findReset, newReset, redeemReset } from "./resets.ts";
export { codeRequired, useCode } from "./second_factor.ts";
export {
  beginTwoFactor,
  confirmTwoFactor,
  endTwoFactor,
  refuseEnd,
  refuseIfOff,
  renewRecoveryCodes,
} from "./two_factor.ts";
