import type { Connection } from "../connection/mod.ts";
import { isSure, leftAsItWas, noTerminal } from "./asking.ts";
import { type Asker, type Command, misused, type Outcome } from "./command.ts";
import { type Device, ownDevices } from "./own_devices.ts";

/** What stands for all devices but this one. */
const others = "others";

export const revoke: Command = {
  name: "revoke",
  group: "account",
  takes: `DEVICE|${others}`,
  firstWord: [others],
  says: "Log out a device (its number in /devices), or others",
  needs: "revoke",
  asks: true,
  async run({ connection, asker }, [word]) {
    if (word === undefined) return misused(revoke, "A device is missing");
    if (asker === undefined) return noTerminal("revoke");
    const devices = await ownDevices(connection);
    if (word.toLowerCase() === others) return await revokeOthers(connection, asker, devices);
    const device = /^\d+$/.test(word) ? devices[Number(word) - 1] : undefined;
    if (device === undefined) {
      return { kind: "mistake", text: "You have no device of this number: /devices lists them" };
    }
    return await revokeOne(connection, asker, device);
  },
};

async function revokeOthers(
  connection: Connection,
  asker: Asker,
  devices: readonly Device[],
): Promise<Outcome> {
  const count = devices.filter(({ current }) => !current).length;
  if (count === 0) return { kind: "told", text: "No other device is logged in as you." };
  const question = count === 1 ? "Log out your other device?" : `Log out your ${count} other devices?`;
  if (!await isSure(asker, question)) return leftAsItWas;
  await connection.request({ type: "revoke" });
  return { kind: "told", text: "Done: only this device is logged in as you." };
}

async function revokeOne(connection: Connection, asker: Asker, device: Device): Promise<Outcome> {
  const name = device.name === undefined ? "this device without a name" : `"${device.name}"`;
  const warning = device.current ? " It is the one that you are using." : "";
  if (!await isSure(asker, `Log out ${name}?${warning}`)) return leftAsItWas;
  await connection.request({ type: "revoke", device: device.device });
  return { kind: "told", text: `${device.name === undefined ? "It" : name} is logged out.` };
}
