import { ConnectionLost } from "./connection/mod.ts";
import { FileTrouble } from "../shared/files/mod.ts";
import { LinkUnreadable } from "../shared/identity/mod.ts";
import { Refusal } from "../shared/protocol/mod.ts";
import { Trouble } from "../shared/trouble/mod.ts";
import { waitText } from "./terminal/mod.ts";
import { NoConnection, ServerNotTrusted } from "./trust/mod.ts";

const forPeople = [
  ConnectionLost,
  FileTrouble,
  LinkUnreadable,
  NoConnection,
  Refusal,
  ServerNotTrusted,
  Trouble,
] as const;

/** What to tell a person about something that was thrown; undefined if it is a mistake of this program. */
export function troubleText(trouble: unknown): string | undefined {
  if (!(trouble instanceof Error) || !forPeople.some((kind) => trouble instanceof kind)) return undefined;
  const text = /[.!?]$/.test(trouble.message) ? trouble.message : `${trouble.message}.`;
  const waitMs = trouble instanceof Refusal ? trouble.retryAfterMs : undefined;
  return waitMs === undefined ? text : `${text} The next try is possible in ${waitText(waitMs)}.`;
}
