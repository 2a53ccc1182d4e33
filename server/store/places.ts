/** The places of what is sealed. All other columns are in clear: ids, names, `seq`, times, membership and hashes. */
import { accountsScope, type Place } from "../keyring/mod.ts";

export function placeOfText(roomId: number, seq: number, accountId: number): Place {
  return { column: "event.text", scope: roomId, row: seq, sender: accountId };
}

export function placeOfTopic(roomId: number): Place {
  return { column: "room.topic", scope: roomId, row: 0, sender: 0 };
}

export function placeOfDescription(roomId: number): Place {
  return { column: "room.description", scope: roomId, row: 0, sender: 0 };
}

export function placeOfRevision(roomId: number, seq: number, number: number): Place {
  return { column: "revision.text", scope: roomId, row: seq, sender: number };
}

/** `thread` is 0 for the room itself. */
export function placeOfDraft(roomId: number, thread: number, accountId: number): Place {
  return { column: "draft.text", scope: roomId, row: thread, sender: accountId };
}

export function placeOfProfile(accountId: number): Place {
  return { column: "account.profile", scope: accountsScope, row: accountId, sender: 0 };
}

export function placeOfPassword(accountId: number): Place {
  return { column: "credential.password", scope: accountsScope, row: accountId, sender: 0 };
}

export function placeOfSecret(accountId: number): Place {
  return { column: "second_factor.secret", scope: accountsScope, row: accountId, sender: 0 };
}

/** Which upload it is stands within: those who upload have several. */
export function placeOfUpload(roomId: number, accountId: number): Place {
  return { column: "upload.details", scope: roomId, row: 0, sender: accountId };
}

/** Which content it is stands within. */
export function placeOfContent(roomId: number): Place {
  return { column: "content.details", scope: roomId, row: 0, sender: 0 };
}

/** Which file it is stands within. */
export function placeOfFile(roomId: number, accountId: number): Place {
  return { column: "file.details", scope: roomId, row: 0, sender: accountId };
}
