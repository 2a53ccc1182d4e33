/** Where a server listens, or listened last, for commands that run beside it on its machine. */
import { readFileIfThere, writePrivateFile } from "../shared/files/mod.ts";
import { isPin } from "../shared/identity/mod.ts";
import { noServerOn, StartTrouble } from "./start_trouble.ts";

export interface ServersAddress {
  readonly host: string;
  readonly port: number;
  /** Where browsers are let in, if anywhere. */
  readonly webPort?: number | undefined;
  /** The pin of its authority. */
  readonly pin: string;
}

/** Writes it into the server's directory. */
export function writeAddress(directory: string, { host, port, webPort, pin }: ServersAddress): void {
  writePrivateFile(pathIn(directory), JSON.stringify({ host, port, webPort, pin }));
}

/** Throws StartTrouble where no server has run yet. */
export function readAddress(directory: string): ServersAddress {
  const path = pathIn(directory);
  const text = readFileIfThere(path);
  if (text === undefined) throw noServerOn(directory);
  const address = parse(text);
  if (isAddress(address)) return address;
  throw new StartTrouble(`${path} is damaged. Start the server again: it writes a new one`);
}

function pathIn(directory: string): string {
  return `${directory}/address`;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAddress(value: unknown): value is ServersAddress {
  return typeof value === "object" && value !== null &&
    "host" in value && typeof value.host === "string" &&
    "port" in value && typeof value.port === "number" &&
    (!("webPort" in value) || typeof value.webPort === "number") &&
    "pin" in value && typeof value.pin === "string" && isPin(value.pin);
}
