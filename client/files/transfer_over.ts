import type { Clock } from "../../shared/world/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";
import type { Transfer } from "./transfer.ts";

/** What files are moved with over a session of a program. */
export function transferOver(session: ProgramSession, clock: Clock): Transfer {
  const connection = { request: session.request.bind(session), opened: () => session.reopen() };
  return { connection, clock };
}
