import type { Answer } from "../../shared/protocol/mod.ts";
import { codeOf, codeQuestion, leftAsItWas, untilRight } from "./asking.ts";
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

/** What whoever must set it up first, and would rather not, is told. */
export const stillConfined: Outcome = {
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
    async () => codeOf(await asker.ask(codeQuestion)),
    (code) => desk.connection.request({ type: "two_factor_confirm", code }),
  );
}
