import { Refusal } from "../../shared/protocol/mod.ts";
import { askNewPassword, leftAsItWas, noTerminal, withCode } from "./asking.ts";
import type { Command } from "./command.ts";

export const password: Command = {
  name: "password",
  group: "account",
  takes: "",
  firstWord: "anything",
  says: "Change your password",
  needs: "change_password",
  asks: true,
  async run(desk) {
    const { connection, asker, show } = desk;
    if (asker === undefined) return noTerminal("password");
    const current = await asker.askHidden("Your password until now");
    if (current === "") return leftAsItWas;
    for (;;) {
      const chosen = await askNewPassword(
        () => asker.askHidden("New password"),
        (text) => show({ kind: "told", text }),
      );
      if (chosen === "") return leftAsItWas;
      try {
        const answer = await withCode(
          desk,
          asker,
          (code) => connection.request({ type: "change_password", current, password: chosen, code }),
        );
        if (answer === undefined) return leftAsItWas;
        return { kind: "told", text: "Your password is changed, and your other devices are logged out." };
      } catch (refusal) {
        if (!(refusal instanceof Refusal && refusal.code === "weak_password")) throw refusal;
        show({ kind: "told", text: `${refusal.message}. Please choose another one.` });
      }
    }
  },
};
