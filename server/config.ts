/** How a server is set up: defaults, then the file, then flags. Read once, and every mistake is told together. */
import { defaultPort } from "../shared/identity/mod.ts";
import { hashPassesMax, hashPassesMin } from "./sessions/mod.ts";
import { StartTrouble } from "./start_trouble.ts";

export interface ServerConfig {
  /** An address of this machine, or undefined for all of them. */
  readonly host: string | undefined;
  readonly port: number;
  /** The port for browsers; undefined where they have no door. */
  readonly webPort: number | undefined;
  /** Whether the port for browsers was asked for: one that was not may be taken by another program. */
  readonly isWebPortAsked: boolean;
  /** What clients show; undefined takes the owner's name. */
  readonly name: string | undefined;
  readonly registration: "open" | "invite" | "closed";
  /** Whether rate limits, connection ceilings and full hash queues refuse anybody. Sizes and time limits always hold. */
  readonly rates: boolean;
  /** The largest file, and all files together, in bytes. */
  readonly fileBytesMax: number;
  readonly filesBytesMax: number;
  /** How many passes a password's hash takes; undefined measures it once. */
  readonly passes: number | undefined;
  /** The folder with the web client's pages; undefined serves none. */
  readonly pages: string | undefined;
  /** Where the database, certificates and keys are. */
  readonly directory: string;
  /** The file with the root key; undefined for the usual one, among the keys in `directory`. */
  readonly rootKeyPath: string | undefined;
}

/** What was asked for: texts as they were typed, by setting. */
export type Wishes = Readonly<Record<string, string>>;

/** Reads one value; returns undefined where it will not do. */
type Reader<Value> = (text: string) => Value | undefined;

interface Setting<Value> {
  readonly default: Value;
  readonly takes: string;
  readonly read: Reader<Value>;
}

/** Where browsers find a server, if nothing else is said. */
const usualWebPort = 8443;

const sizeTaken = "a size like 500K, 20M, 2G or 1T, or 0 for none";

/** Every setting by its full name, as `--set` and the file have it. */
const settings = {
  "server.host": setting<string | undefined>(
    undefined,
    "an address of this machine",
    (text) => text || undefined,
  ),
  "server.port": setting(defaultPort, "a port from 0 to 65535", readPort),
  "server.web_port": setting<number | "off" | undefined>(
    undefined,
    "a port from 0 to 65535, or off",
    (text) => text === "off" ? "off" : readPort(text),
  ),
  "server.name": setting<string | undefined>(undefined, "1 to 64 characters", readName),
  "server.registration": setting("invite", "open, invite or closed", oneOf("open", "invite", "closed")),
  "server.root_key": setting<string | undefined>(undefined, "a path", (text) => text || undefined),
  "server.pages": setting<string | undefined>(undefined, "a folder", (text) => text || undefined),
  "limits.rates": setting("on", "on or off", oneOf("on", "off")),
  "limits.file": setting(2 * 1024 ** 3, sizeTaken, readSize),
  "limits.files": setting(20 * 1024 ** 3, sizeTaken, readSize),
  "passwords.passes": setting<number | undefined>(
    undefined,
    `a number from ${hashPassesMin} to ${hashPassesMax}`,
    readPasses,
  ),
} as const;

export type SettingName = keyof typeof settings;

/** The settings that `text`, a JSON object of sections, makes. Throws StartTrouble. */
export function readConfigFile(path: string, text: string): Wishes {
  const wishes: Record<string, string> = {};
  try {
    for (const [section, values] of Object.entries(asObject(JSON.parse(text)))) {
      for (const [key, value] of Object.entries(asObject(values))) {
        wishes[`${section}.${key}`] = asText(value);
      }
    }
    return wishes;
  } catch {
    throw new StartTrouble(
      `The configuration file ${path} is not a JSON object of sections, like {"server": {"port": 7443}}. Correct it`,
    );
  }
}

/** The settings that were given at all. */
export function wishesOf(given: Readonly<Partial<Record<SettingName, string | undefined>>>): Wishes {
  return Object.fromEntries(Object.entries(given).filter(([, text]) => text !== undefined));
}

/** Settings typed as SECTION.KEY=VALUE. What has no value is no setting that there is, and told with the other mistakes. */
export function readAssignments(assignments: readonly string[]): Wishes {
  return Object.fromEntries(assignments.map((assignment) => {
    const [, name = assignment, value = ""] = /^([^=]+)=(.*)$/.exec(assignment) ?? [];
    return [name, value];
  }));
}

/** Makes the configuration of wishes, later ones winning. Throws StartTrouble with every mistake. */
export function makeConfig(directory: string, ...wishes: readonly Wishes[]): ServerConfig {
  const wanted: Wishes = Object.assign({}, ...wishes);
  const mistakes = Object.keys(wanted).filter((name) => !Object.hasOwn(settings, name))
    .map((name) => `There is no setting "${name}"; there are ${Object.keys(settings).join(", ")}`);

  function value<Name extends SettingName>(name: Name): (typeof settings)[Name]["default"] {
    const { default: usual, read, takes } = settings[name];
    const text = wanted[name];
    if (text === undefined) return usual;
    const found = read(text);
    if (found === undefined) mistakes.push(`"${text}" will not do for ${name}: it takes ${takes}`);
    return found ?? usual;
  }

  const port = value("server.port");
  const webPort = value("server.web_port");
  const config: ServerConfig = {
    host: value("server.host"),
    port,
    webPort: webPort === "off" ? undefined : webPort ?? (port === 0 ? 0 : usualWebPort),
    isWebPortAsked: webPort !== undefined,
    name: value("server.name"),
    registration: value("server.registration"),
    rates: value("limits.rates") === "on",
    fileBytesMax: value("limits.file"),
    filesBytesMax: value("limits.files"),
    passes: value("passwords.passes"),
    pages: value("server.pages"),
    directory,
    rootKeyPath: value("server.root_key"),
  };
  if (mistakes.length > 0) throw new StartTrouble(mistakes.join("\n"));
  return Object.freeze(config);
}

function setting<Value>(usual: Value, takes: string, read: Reader<Value>): Setting<Value> {
  return { default: usual, takes, read };
}

function readPort(text: string): number | undefined {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined;
}

/** In bytes. */
function readSize(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d{1,6})([KMGT]?)$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * 1024 ** " KMGT".indexOf(unit || " ");
}

function readPasses(text: string): number | undefined {
  const passes = Number(text);
  return /^\d{1,2}$/.test(text) && passes >= hashPassesMin && passes <= hashPassesMax ? passes : undefined;
}

function readName(text: string): string | undefined {
  return /^\P{C}{1,64}$/u.test(text) ? text : undefined;
}

function oneOf<const Word extends string>(...words: readonly Word[]): Reader<Word> {
  return (text) => words.find((word) => word === text);
}

function asText(value: unknown): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
    return String(value);
  }
  throw new TypeError("not a plain value");
}

function asObject(value: unknown): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError("not an object");
}
