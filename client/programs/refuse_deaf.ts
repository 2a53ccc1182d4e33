import { Refusal } from "../../shared/protocol/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";

/** A bot without the scope `read` is told of no room, which must not look as if it were in none. Throws `Refusal`. */
export function refuseDeaf({ welcome: { user: { scopes } } }: Pick<ProgramSession, "welcome">): void {
  if (scopes === undefined || scopes.includes("read")) return;
  throw new Refusal("forbidden", 'This bot may not do that: it takes the scope "read"');
}
