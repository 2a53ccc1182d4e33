import type { Hub } from "./hub.ts";

/**
 * Answers a question when all that was decided before it is on disk, so that nothing is told which may yet be taken
 * back. If it is taken back, the answer follows that.
 */
export function whenSettled(hub: Hub, answer: () => void): void {
  hub.journal.add({ changes: [], committed: answer, failed: () => whenSettled(hub, answer) });
}
