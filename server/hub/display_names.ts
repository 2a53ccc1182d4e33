/** Names for people to read, beside the one that is theirs alone. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Account } from "./account.ts";
import type { Hub } from "./hub.ts";

/** Throws `forbidden` or `text_invalid` where a display name could be taken for the username of somebody else. */
export function refuseDisplayName({ accounts }: Hub, account: Account, displayName: string = ""): void {
  if (/\p{Script=Latin}/u.test(displayName) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(displayName)) {
    throw new Refusal("text_invalid", "A name has Latin letters or Cyrillic or Greek ones: many look alike");
  }
  const other = accounts.named(asUsername(displayName));
  if (other === undefined || other === account) return;
  throw new Refusal(
    "forbidden",
    `"${other.name}" is somebody else's name here. Choose one that cannot be taken for theirs`,
  );
}

/** Whatever looks the same as a username becomes it: wide letters, capitals, accents, an "@", spaces and what cannot be seen. */
function asUsername(displayName: string): string {
  return displayName.normalize("NFKD").toLowerCase().replace(/[^a-z0-9._-]/g, "");
}
