import { Refusal } from "../../shared/protocol/mod.ts";
import { askNewPassword, leftAsItWas, noTerminal } from "./asking.ts";
import type { Command } from "./command.ts";

export const password: Command = {
  name: "password",
  takes: "",
  firstWord: "anything",
  says: "Change your password",
  needs: "change_password",
  asks: true,
  async run({ connection, asker, show }) {
    if (asker === undefined) return noTerminal("password");
    const current = await asker.askHidden("Your password until now");
    if (current === "") return leftAsItWas;
    for (;;) {
      const chosen = await askNewPassword(asker, show);
      if (chosen === "") return leftAsItWas;
      try {
        await connection.request({ type: "change_password", current, password: chosen });
        return { kind: "told", text: "Your password is changed, and your other devices are logged out." };
      } catch (refusal) {
        if (!(refusal instanceof Refusal && refusal.code === "weak_password")) throw refusal;
        show({ kind: "told", text: `${refusal.message}. Please choose another one.` });
      }
    }
  },
};
