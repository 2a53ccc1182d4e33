/**
 * Proof that the person is still there: what takes a server over needs the password anew, so that a screen that was left
 * alone, or a stolen token, is not enough.
 */
import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { Change } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";

/** Whether all factors were proven in this session in the last `limits.provenMs`. */
export function isProven({ world }: Hub, { provenAt }: Guest): boolean {
  return provenAt !== undefined && world.clock.monotonic() - provenAt < limits.provenMs;
}

/** To be called when all factors are proven. */
export function markProven({ world }: Hub, guest: Guest): void {
  guest.provenAt = world.clock.monotonic();
}

/** Throws `proof_required`. To be called last: nobody is asked for a password for what would be refused anyhow. */
export function refuseUnproven(hub: Hub, guest: Guest): void {
  if (!isProven(hub, guest)) throw proofRequired();
}

export function proofRequired(): Refusal {
  return new Refusal("proof_required", "Prove that it is you: this needs your password again");
}

/** Answers whoever has proven all factors; `used` is what proving the code has changed. */
export function confirmProof(hub: Hub, guest: Guest, used: readonly Change[], re: string): void {
  hub.journal.add({
    changes: used,
    committed: () => {
      markProven(hub, guest);
      guest.answer({ type: "ok", re });
    },
    failed: (refusal) => guest.refuse(refusal, re),
  });
}
