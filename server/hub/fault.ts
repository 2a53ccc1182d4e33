import { Refusal } from "../../shared/protocol/mod.ts";
import { faultText, type Log } from "../../shared/world/mod.ts";

/** What whoever asked is told of an error: the refusal that it is, or that the server made a mistake, which is logged. */
export function refusalFor(error: unknown, log: Log): Refusal {
  if (error instanceof Refusal) return error;
  log.error("request_failed", { reason: faultText(error) });
  return new Refusal("internal", "The server made a mistake. It is in the server's log");
}
