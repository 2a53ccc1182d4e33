import type { Command } from "./command.ts";
import { ownDevices } from "./own_devices.ts";

export const devices: Command = {
  name: "devices",
  group: "account",
  takes: "",
  firstWord: "anything",
  says: "List the devices that are logged in as you",
  needs: "devices",
  async run({ connection }) {
    return { kind: "devices", devices: await ownDevices(connection) };
  },
};
