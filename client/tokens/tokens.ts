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

/** The saved tokens. Every method throws `FileTrouble` where the file cannot be read or written. */
export interface Tokens {
  /** Names with a saved token for this server, the last used first. */
  usernames(pin: string): readonly string[];
  /** Saves a token in place of an earlier one. */
  keep(login: SavedLogin, token: string): Promise<void>;
  /** Forgets the token, if it is still this one. */
  forget(login: SavedLogin, token: string): Promise<void>;
  /**
   * Reads the token under a lock, hands it to `use`, and saves the one that `use` resolves with before anybody else
   * may read. A rejection of `use` leaves the file as it is.
   */
  exchange<Result extends { readonly token: string }>(
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
    return this.#read().filter((saved) => saved.pin === pin).map((saved) => saved.username);
  }

  async keep(login: SavedLogin, token: string): Promise<void> {
    using _lock = await this.#lock();
    this.#save(login, token);
  }

  async forget(login: SavedLogin, token: string): Promise<void> {
    using _lock = await this.#lock();
    this.#write(this.#read().filter((saved) => !isOf(saved, login) || saved.token !== token));
  }

  async exchange<Result extends { readonly token: string }>(
    login: SavedLogin,
    use: (token: string | undefined) => Promise<Result>,
  ): Promise<Result> {
    using _lock = await this.#lock();
    const result = await use(this.#read().find((saved) => isOf(saved, login))?.token);
    this.#save(login, result.token);
    return result;
  }

  async #lock(): Promise<Disposable> {
    ensurePrivateDirectory(this.#directory);
    const lock: FileLock = await lockFile(`${this.#path}.lock`, this.#clock);
    return { [Symbol.dispose]: () => lock.release() };
  }

  #save(login: SavedLogin, token: string): void {
    this.#write([{ ...login, token }, ...this.#read().filter((saved) => !isOf(saved, login))]);
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
