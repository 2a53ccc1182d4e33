import { leftAsItWas, untilRight, withCode } from "./asking.ts";
import type { Asker, Desk, Outcome } from "./command.ts";
import { Refusal } from "../../shared/protocol/mod.ts";

/**
 * Does what the command `name` is about. Where the server wants to know first that it is still the same person, they are
 * asked for their password, and it is done then. Rejects as `Connection.request` does.
 */
export async function withProof(desk: Desk, name: string, act: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await act();
  } catch (refusal) {
    if (!(refusal instanceof Refusal && refusal.code === "proof_required")) throw refusal;
  }
  const { asker } = desk;
  if (asker === undefined) return nobodyToProve(name);
  return await isProven(desk, asker) ? await act() : leftAsItWas;
}

function nobodyToProve(name: string): Outcome {
  return {
    kind: "mistake",
    text: `For /${name} the server wants your password once more: type it at a terminal`,
  };
}

/** False if the person would rather not. */
async function isProven(desk: Desk, asker: Asker): Promise<boolean> {
  const proof = await untilRight(
    desk,
    "auth_failed",
    () => asker.askHidden("Your password, to prove that it is you"),
    (password) => withCode(desk, asker, (code) => desk.connection.request({ type: "prove", password, code })),
  );
  return proof !== undefined;
}
