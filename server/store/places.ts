/** The places of what is sealed. All other columns are in clear: ids, names, `seq`, times, membership and hashes. */
import { accountsScope, type Place } from "../keyring/mod.ts";

export function placeOfText(roomId: number, seq: number, accountId: number): Place {
  return { column: "event.text", scope: roomId, row: seq, sender: accountId };
}

export function placeOfTopic(roomId: number): Place {
  return { column: "room.topic", scope: roomId, row: 0, sender: 0 };
}

export function placeOfPassword(accountId: number): Place {
  return { column: "credential.password", scope: accountsScope, row: accountId, sender: 0 };
}

export function placeOfSecret(accountId: number): Place {
  return { column: "second_factor.secret", scope: accountsScope, row: accountId, sender: 0 };
}
