import { TOTP } from "otpauth";
import type { Clock } from "../../shared/world/mod.ts";

/** The app on a person's phone: shows the code of the moment, or of another one, in milliseconds from now. */
export function authenticator(secret: string, clock: Pick<Clock, "now">): (fromNowMs?: number) => string {
  const totp = new TOTP({ secret, algorithm: "SHA1", digits: 6, period: 30 });
  return (fromNowMs = 0) => totp.generate({ timestamp: clock.now() + fromNowMs });
}
