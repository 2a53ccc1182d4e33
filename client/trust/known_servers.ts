import { join } from "node:path";
import {
  ensurePrivateDirectory,
  FileTrouble,
  lockFile,
  readFileIfThere,
  writePrivateFile,
} from "../../shared/files/mod.ts";
import {
  formatHostAndPort,
  LinkUnreadable,
  parseServerAddress,
  type ServerAddress,
} from "../../shared/identity/mod.ts";
import { CertificateUnreadable, pinOf } from "../../shared/pin/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";

type Authorities = Readonly<Record<string, string>>;

/** The servers that were trusted before: the authority's certificate of each, by address, the last used one last. */
export class KnownServers {
  readonly #directory: string;
  readonly #path: string;
  readonly #clock: Clock;

  /** `data`: the data directory. */
  constructor(data: string, clock: Clock) {
    this.#directory = join(data, "client");
    this.#path = join(this.#directory, "known_servers.json");
    this.#clock = clock;
  }

  /** The authority's certificate in PEM, if the server is known. Throws `FileTrouble`. */
  authorityOf(address: ServerAddress): string | undefined {
    const authorities = this.#read();
    const key = formatHostAndPort(address);
    const pem = Object.hasOwn(authorities, key) ? authorities[key] : undefined;
    if (pem === undefined || isCertificate(pem)) return pem;
    throw this.#damaged();
  }

  /** The address of the one that was used last. Throws `FileTrouble`. */
  lastUsed(): ServerAddress | undefined {
    const last = Object.keys(this.#read()).at(-1);
    if (last === undefined) return undefined;
    try {
      return parseServerAddress(last);
    } catch (cause) {
      throw cause instanceof LinkUnreadable ? this.#damaged() : cause;
    }
  }

  /** Notes that a known server is used once more. Throws `FileTrouble`. */
  async used(address: ServerAddress): Promise<void> {
    const key = formatHostAndPort(address);
    if (Object.keys(this.#read()).at(-1) !== key) await this.#putLast(key);
  }

  /** Remembers the authority, in place of an earlier one. Throws `FileTrouble`. */
  async remember(address: ServerAddress, pem: string): Promise<void> {
    await this.#putLast(formatHostAndPort(address), pem);
  }

  /** Without `pem`, the one that is there stays. */
  async #putLast(key: string, pem?: string): Promise<void> {
    ensurePrivateDirectory(this.#directory);
    const lock = await lockFile(`${this.#path}.lock`, this.#clock);
    try {
      const { [key]: before, ...others } = this.#read();
      const authorities = { ...others, [key]: pem ?? before };
      writePrivateFile(this.#path, JSON.stringify(authorities, undefined, 2) + "\n");
    } finally {
      lock.release();
    }
  }

  #read(): Authorities {
    const text = readFileIfThere(this.#path);
    if (text === undefined) return {};
    const value = parse(text);
    if (isAuthorities(value)) return value;
    throw this.#damaged();
  }

  #damaged(): FileTrouble {
    return new FileTrouble(
      `understand "${this.#path}"`,
      undefined,
      "it is damaged. Move it away; each server is then asked about once more",
    );
  }
}

/** Whether it is exactly one certificate. */
export function isCertificate(pem: string): boolean {
  try {
    pinOf(pem);
    return true;
  } catch (cause) {
    if (cause instanceof CertificateUnreadable) return false;
    throw cause;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isAuthorities(value: unknown): value is Authorities {
  return typeof value === "object" && value !== null && !Array.isArray(value) &&
    Object.values(value).every((pem) => typeof pem === "string");
}
