/** A file of accounts from elsewhere: `NAME:HASH` or `NAME:HASH:ROLE` a line, as htpasswd writes it, with `#` for remarks. */
import { Refusal, type Role, userName } from "../shared/protocol/mod.ts";
import { readPasswordHash } from "./sessions/mod.ts";

export interface ImportedUser {
  /** From 1. */
  readonly line: number;
  readonly name: string;
  readonly passwordHash: string;
  readonly role: Role;
}

export interface UserFile {
  readonly users: readonly ImportedUser[];
  /** A sentence for each line that will not do. None repeats a hash, nor anything that may be one. */
  readonly mistakes: readonly string[];
}

/** Owners are made by owners, in the chat. */
const importedRoles: readonly Role[] = ["admin", "member", "guest"];

/**
 * Verifying a stronger hash would take longer than the second after which a failed login is answered, and so tell that there
 * is such an account.
 */
const bcryptRoundsMax = 12, argon2KibMax = 128 * 1024, argon2KibPassesMax = 256 * 1024;

/** What to do about one that is too strong. */
const instead =
  'Put in the hash of a password that nobody has, and give them a link to choose a new one with "chat user reset"';

export function readUserFile(text: string): UserFile {
  const users: ImportedUser[] = [], mistakes: string[] = [];
  const lineOfName = new Map<string, number>();
  for (const [at, content] of text.split(/\r?\n/).entries()) {
    const line = at + 1;
    if (content.trim() === "" || content.startsWith("#")) continue;
    const user = readUser(content, line);
    const earlier = typeof user === "string" ? undefined : lineOfName.get(user.name);
    if (typeof user === "string") mistakes.push(`Line ${line}: ${user}`);
    else if (earlier !== undefined) {
      mistakes.push(`Line ${line}: "${user.name}" is in line ${earlier} already`);
    } else {
      lineOfName.set(user.name, line);
      users.push(user);
    }
  }
  return { users, mistakes };
}

/** The user of one line, or what is wrong with it. */
function readUser(content: string, line: number): ImportedUser | string {
  const [given = "", passwordHash, role = "member", ...rest] = content.trim().split(":");
  if (passwordHash === undefined || rest.length > 0) {
    return "this is not NAME:HASH or NAME:HASH:ROLE";
  }
  const name = nameIn(given);
  if (name === undefined) {
    return "the name has to be 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen";
  }
  const known = importedRoles.find((each) => each === role);
  if (known === undefined) return `"${name}" may be admin, member or guest, and nothing else`;
  const fault = hashFault(passwordHash);
  return fault === undefined ? { line, name, passwordHash, role: known } : `the hash of "${name}" ${fault}`;
}

function nameIn(text: string): string | undefined {
  try {
    return userName.read(text, "name");
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function hashFault(text: string): string | undefined {
  const hash = readPasswordHash(text);
  if (hash === undefined) return "is none that can be checked: it takes bcrypt ($2y$...) or argon2id";
  if (hash.kind === "bcrypt") {
    return hash.rounds <= bcryptRoundsMax
      ? undefined
      : `has a cost of ${hash.rounds}, and at most ${bcryptRoundsMax} will do. ${instead}`;
  }
  const { memoryKib, passes } = hash.cost;
  const fits = memoryKib <= argon2KibMax && memoryKib * passes <= argon2KibPassesMax;
  return fits
    ? undefined
    : `takes too much memory or too many passes: at most m=131072,t=2 or as much in all. ${instead}`;
}
