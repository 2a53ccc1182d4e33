import { limits, Refusal, type RequestType, toBytes } from "../../shared/protocol/mod.ts";
import type { Ask } from "./ask.ts";

/**
 * A request as a line. Throws the `line_too_long` Refusal that the server would answer with before it hung up.
 */
export function requestLine<T extends RequestType>(ask: Ask<T>, id: string): string {
  const line = JSON.stringify({ ...ask, id }) + "\n";
  if (toBytes(line).length - 1 <= limits.memberLineBytes) return line;
  throw new Refusal("line_too_long", "This is too long to be sent in one piece");
}
