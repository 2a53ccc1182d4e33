import type { Happening } from "../connection/mod.ts";
import { dayAndHourText, dayText, hourText } from "./date_text.ts";
import { safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

type Alert = Omit<Extract<Happening, { kind: "alert" }>, "kind">;

/** What happened to the person's account, and what they do about it if it was not them. `now` is as `time`. */
export function alertLines({ about, device, time }: Alert, now: number): readonly Line[] {
  const when = dayText(time) === dayText(now) ? `at ${hourText(time)}` : `on ${dayAndHourText(time)}`;
  const name = device === undefined ? "a device without a name" : `"${safeText(device)}"`;
  const { what, then } = words[about];
  return [
    [span("  ! ", "bad"), span(`${what(name)} ${when}.`, "strong")],
    [span(`    ${then}`)],
  ];
}

interface Words {
  readonly what: (device: string) => string;
  readonly then: string;
}

const words: Readonly<Record<Alert["about"], Words>> = {
  new_login: {
    what: (device) => `New login to your account from ${device}`,
    then: "Not you? /devices shows it, /revoke logs it out, /password changes your password.",
  },
  token_reused: {
    what: (device) => `An old key of ${device} came back, which logged it out`,
    then: "Unless you restored an old backup there, change your password: /password",
  },
  recovery_code_used: {
    what: () => "One of your recovery codes was used",
    then: "Not you? /password changes your password, /2fa codes makes new codes.",
  },
  other: {
    what: () => "Something happened to your account",
    then: "/devices shows who is logged in as you.",
  },
};
