/** Answers that take a while, in which the session asks for other things. */
import { refusalFor } from "./fault.ts";
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
  work.then(answer).catch((error) => guest.refuse(refusalFor(error, world.log), re));
}
