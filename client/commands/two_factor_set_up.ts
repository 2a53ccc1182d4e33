import { type Answer, Refusal } from "../../shared/protocol/mod.ts";
import { codeOf, leftAsItWas } from "./asking.ts";
import type { Asker, Desk, Outcome } from "./command.ts";

/**
 * Leads a person from their password over the authenticator app to the recovery codes. A session that was confined is
 * a full one afterwards. Rejects as `Connection.request` does.
 */
export async function setUpTwoFactor(desk: Desk, asker: Asker): Promise<Outcome> {
  const { connection, show } = desk;
  const isConfined = connection.model().me.isConfined === true;
  const begun = await begin(desk, asker);
  if (begun === undefined) return isConfined ? stillConfined : leftAsItWas;
  show({ kind: "two_factor_secret", secret: begun.secret, uri: begun.uri });
  const confirmed = await confirm(desk, asker);
  if (confirmed === undefined) return isConfined ? stillConfined : leftAsItWas;
  show({ kind: "recovery_codes", codes: confirmed.codes });
  await asker.ask("Press Enter when you have kept them");
  if (isConfined) await connection.renew();
  return { kind: "told", text: "Two-factor is on. From now on, a login takes a code from your app, too." };
}

const stillConfined: Outcome = {
  kind: "told",
  text:
    "Two-factor is not set up. Until it is, nothing else can be done here: /2fa on goes on, /quit leaves.",
};

function begin(desk: Desk, asker: Asker): Promise<Answer<"two_factor_secret"> | undefined> {
  return untilRight(
    desk,
    "auth_failed",
    () => asker.askHidden("Your password"),
    (password) => desk.connection.request({ type: "two_factor_begin", password }),
  );
}

function confirm(desk: Desk, asker: Asker): Promise<Answer<"recovery_codes"> | undefined> {
  return untilRight(
    desk,
    "code_invalid",
    async () => codeOf(await asker.ask("The six digits that your app shows")),
    (code) => desk.connection.request({ type: "two_factor_confirm", code }),
  );
}

/** Asks again while the server refuses the answer with this code. Undefined if the person would rather not. */
async function untilRight<Result>(
  { show }: Desk,
  wrong: Refusal["code"],
  ask: () => Promise<string>,
  use: (answer: string) => Promise<Result>,
): Promise<Result | undefined> {
  for (;;) {
    const answer = await ask();
    if (answer === "") return undefined;
    try {
      return await use(answer);
    } catch (refusal) {
      if (!(refusal instanceof Refusal && refusal.code === wrong)) throw refusal;
      show({ kind: "told", text: `${refusal.message}. Please try again; Enter alone stops.` });
    }
  }
}
