import { askCode, isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Asker, type Command, type Desk, misused, type Outcome } from "./command.ts";
import { setUpTwoFactor, stillConfined } from "./two_factor_set_up.ts";

/** A desk with somebody at it. */
type AttendedDesk = Desk & { readonly asker: Asker };

export const twoFactor: Command = {
  name: "2fa",
  group: "account",
  takes: "[on|off|codes]",
  firstWord: ["on", "off", "codes"],
  says: "Two-factor: show it, turn it on or off, make new codes",
  needs: "two_factor_begin",
  asks: true,
  async run(desk, [word]) {
    const { asker } = desk;
    if (word === undefined) {
      return asker !== undefined && desk.connection.model().me.isConfined
        ? await offer(desk, asker)
        : state(desk);
    }
    const act = acts[word.toLowerCase()];
    if (act === undefined) return misused(twoFactor, "That is none of its words");
    return asker === undefined ? noTerminal("2fa") : await act({ ...desk, asker });
  },
};

const acts: Readonly<Record<string, (desk: AttendedDesk) => Promise<Outcome>>> = {
  on: turnOn,
  off: turnOff,
  codes: makeCodes,
};

function state({ connection }: Desk): Outcome {
  const text = connection.model().me.twoFactor
    ? "Two-factor is on. /2fa codes makes new recovery codes, /2fa off turns it off."
    : "Two-factor is off: your password alone lets anybody in. /2fa on sets it up.";
  return { kind: "told", text };
}

/** Whoever is led here may be in the middle of a sentence: only a yes makes what they type next a password. */
async function offer(desk: Desk, asker: Asker): Promise<Outcome> {
  return await isSure(asker, "Set two-factor up now?") ? await setUpTwoFactor(desk, asker) : stillConfined;
}

async function turnOn(desk: AttendedDesk): Promise<Outcome> {
  if (desk.connection.model().me.twoFactor) {
    return {
      kind: "mistake",
      text: "Two-factor is on already. For another app, turn it off first: /2fa off",
    };
  }
  return await setUpTwoFactor(desk, desk.asker);
}

async function turnOff({ connection, asker }: AttendedDesk): Promise<Outcome> {
  if (!await isSure(asker, "Turn two-factor off, unless the server demands it?")) return leftAsItWas;
  const proof = await askProof(asker);
  if (proof === undefined) return leftAsItWas;
  await connection.request({ type: "two_factor_end", ...proof });
  return { kind: "told", text: "Two-factor is off. Take it out of your authenticator app, too." };
}

async function makeCodes({ connection, asker }: AttendedDesk): Promise<Outcome> {
  const proof = await askProof(asker);
  if (proof === undefined) return leftAsItWas;
  const { codes } = await connection.request({ type: "recovery_codes", ...proof });
  return { kind: "recovery_codes", codes };
}

async function askProof(
  asker: Asker,
): Promise<{ readonly password: string; readonly code: string } | undefined> {
  const password = await asker.askHidden("Your password");
  if (password === "") return undefined;
  const code = await askCode(asker);
  return code === "" ? undefined : { password, code };
}
