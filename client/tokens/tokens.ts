import { join } from "node:path";
import {
  ensurePrivateDirectory,
  type FileLock,
  lockFile,
  readFileIfThere,
  writePrivateFile,
} from "../../shared/files/mod.ts";
import type { Clock } from "../../shared/world/mod.ts";
import { readTokenList, type SavedToken, writeTokenList } from "./token_list.ts";

/** Whose token it is: a server is known by the pin of its authority, since addresses change. */
export interface SavedLogin {
  readonly pin: string;
  readonly username: string;
}

/** What a server gave for the next time. */
export interface Given {
  readonly token: string;
  /** Absent where the server gave none now: an earlier one stays good. */
  readonly deviceProof?: string | undefined;
}

/** The saved tokens. Every method throws `FileTrouble` where the file cannot be read or written. */
export interface Tokens {
  /** Names with a saved token for this server, the last used first. */
  usernames(pin: string): readonly string[];
  /** What tells the server that this machine was let in before; undefined where nothing does. */
  deviceProof(login: SavedLogin): string | undefined;
  /** Saves a token in place of an earlier one. */
  keep(login: SavedLogin, given: Given): Promise<void>;
  /** Saves the proof in place of the one from before. The token stays as it is. */
  keepProof(login: SavedLogin, deviceProof: string): Promise<void>;
  /** Forgets the token, if it is still this one. The proof stays, for the next login with a password. */
  forget(login: SavedLogin, token: string): Promise<void>;
  /**
   * Reads the token under a lock, hands it to `use`, and saves the one that `use` resolves with before anybody else
   * may read. A rejection of `use` leaves the file as it is.
   */
  exchange<Result extends Given>(
    login: SavedLogin,
    use: (token: string | undefined) => Promise<Result>,
  ): Promise<Result>;
}

/** Opens `client/tokens.json` in the data directory, which need not be there yet. */
export function openTokens(data: string, clock: Clock): Tokens {
  return new TokenFile(join(data, "client"), clock);
}

class TokenFile implements Tokens {
  readonly #directory: string;
  readonly #path: string;
  readonly #clock: Clock;

  constructor(directory: string, clock: Clock) {
    this.#directory = directory;
    this.#path = join(directory, "tokens.json");
    this.#clock = clock;
  }

  usernames(pin: string): readonly string[] {
    return this.#read()
      .filter((saved) => saved.pin === pin && saved.token !== undefined)
      .map((saved) => saved.username);
  }

  deviceProof(login: SavedLogin): string | undefined {
    return this.#savedOf(login)?.deviceProof;
  }

  async keep(login: SavedLogin, given: Given): Promise<void> {
    using _lock = await this.#lock();
    this.#save(login, given);
  }

  async keepProof(login: SavedLogin, deviceProof: string): Promise<void> {
    using _lock = await this.#lock();
    this.#save(login, { token: this.#savedOf(login)?.token, deviceProof });
  }

  async forget(login: SavedLogin, token: string): Promise<void> {
    using _lock = await this.#lock();
    this.#write(
      this.#read()
        .map((saved) => isOf(saved, login) && saved.token === token ? { ...saved, token: undefined } : saved)
        .filter((saved) => saved.token !== undefined || saved.deviceProof !== undefined),
    );
  }

  async exchange<Result extends Given>(
    login: SavedLogin,
    use: (token: string | undefined) => Promise<Result>,
  ): Promise<Result> {
    using _lock = await this.#lock();
    const result = await use(this.#savedOf(login)?.token);
    this.#save(login, result);
    return result;
  }

  async #lock(): Promise<Disposable> {
    ensurePrivateDirectory(this.#directory);
    const lock: FileLock = await lockFile(`${this.#path}.lock`, this.#clock);
    return { [Symbol.dispose]: () => lock.release() };
  }

  #save({ pin, username }: SavedLogin, { token, deviceProof }: Partial<Given>): void {
    const login = { pin, username };
    const proof = deviceProof ?? this.deviceProof(login);
    const others = this.#read().filter((saved) => !isOf(saved, login));
    this.#write([{ ...login, token, deviceProof: proof }, ...others]);
  }

  #savedOf(login: SavedLogin): SavedToken | undefined {
    return this.#read().find((saved) => isOf(saved, login));
  }

  #read(): readonly SavedToken[] {
    return readTokenList(readFileIfThere(this.#path) ?? "", this.#path);
  }

  #write(tokens: readonly SavedToken[]): void {
    writePrivateFile(this.#path, writeTokenList(tokens));
  }
}

function isOf(saved: SavedToken, { pin, username }: SavedLogin): boolean {
  return saved.pin === pin && saved.username === username;
}
