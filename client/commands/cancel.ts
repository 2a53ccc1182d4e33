import type { Command } from "./command.ts";

export const cancel: Command = {
  name: "cancel",
  group: "talk",
  needs: "get",
  takes: "",
  firstWord: "anything",
  says: "Stop the file that began last to be sent or saved",
  run: () => ({ kind: "cancel" }),
};
