/** Answers that take a while, in which the session asks for other things. */
import { Refusal } from "../../shared/protocol/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";

/** Has `answer` called when `work` is done; tells the guest what was wrong if it cannot be done. */
export function answerLater<Result>(
  { world }: Hub,
  guest: Guest,
  re: string,
  work: Promise<Result>,
  answer: (result: Result) => void,
): void {
  work.then(answer).catch((error) => {
    if (error instanceof Refusal) return guest.refuse(error, re);
    world.log.error("request_failed", {
      reason: error instanceof Error ? error.stack ?? error.message : String(error),
    });
    guest.refuse(new Refusal("internal", "The server made a mistake. It is in the server's log"), re);
  });
}
