import { dirname } from "node:path";
import { FileTrouble, readFileIfThere, writePrivateFile } from "../../shared/files/mod.ts";
import { KeyTrouble } from "./key_trouble.ts";
import { parseRootKey, type RootKey } from "./root_key.ts";

/** Where root keys are kept. There is one, or during a rotation several, of which the first is the newest. */
export interface RootKeys {
  /** For messages. */
  readonly place: string;
  /** As they are now; none where none were written yet. Throws a Trouble. */
  read(): readonly RootKey[];
  /** Puts these in place of those that were there, durably and as a whole. Throws a Trouble, and then nothing changed. */
  write(keys: readonly RootKey[]): void;
}

/** A file of mode 0600: each line is a key in base64url (RFC 4648 section 5). */
export function rootKeyFile(path: string): RootKeys {
  return {
    place: path,
    read() {
      const lines = readFileIfThere(path)?.split(/\r?\n/).filter((line) => line !== "");
      if (lines === undefined) return [];
      const keys = lines.map(parseRootKey).filter((key) => key !== undefined);
      if (keys.length > 0 && keys.length === lines.length) return keys;
      throw new KeyTrouble(
        `${path} is no root key, or it is damaged: it holds something other than lines of 43 letters and digits. ` +
          `Put it back from your copy; nothing was changed`,
      );
    },
    write(keys) {
      makeDirectory(dirname(path));
      writePrivateFile(behindLinks(path), keys.map(({ text }) => `${text}\n`).join(""));
    },
  };
}

/** For a database in memory, which ends with the process as they do. */
export function rootKeysInMemory(): RootKeys {
  let keys: readonly RootKey[] = [];
  return { place: "memory", read: () => keys, write: (written) => keys = written };
}

/** One that is there keeps its mode: it may be somebody else's. */
function makeDirectory(path: string): void {
  try {
    Deno.mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new FileTrouble(`use directory "${path}"`, error);
  }
}

/** A link to a file on another volume stays a link. */
function behindLinks(path: string): string {
  try {
    return Deno.realPathSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return path;
    throw new FileTrouble(`read "${path}"`, error);
  }
}
