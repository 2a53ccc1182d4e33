import { limits } from "../shared/protocol/mod.ts";

/** What this machine is called in the person's own list of devices: `terminal on front-desk`. */
export function deviceName(): string {
  const host = hostName().replace(/[^A-Za-z0-9._-]/g, "").slice(0, hostCharactersMax);
  return host === "" ? "terminal" : `${beginning}${host}`;
}

const beginning = "terminal on ";
const hostCharactersMax = limits.deviceNameCodePoints - beginning.length;

/** Empty where the permission to ask is missing, or the system does not tell. */
function hostName(): string {
  try {
    return Deno.hostname();
  } catch {
    return "";
  }
}
