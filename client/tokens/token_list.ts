import { FileTrouble } from "../../shared/files/mod.ts";

/** What is kept of an account: at least one of token and proof. */
export interface SavedToken {
  readonly pin: string;
  readonly username: string;
  /** Opens the next session. None once it was of no use any more. */
  readonly token?: string | undefined;
  /** Tells the server, at the next login with a password, that this machine was let in before. */
  readonly deviceProof?: string | undefined;
}

/** More than anybody uses; the longest unused are forgotten. */
const tokensMax = 200;

/** Reads the text of the file, newest first. Nothing in it means no tokens; anything else throws `FileTrouble`. */
export function readTokenList(text: string, path: string): readonly SavedToken[] {
  if (text === "") return [];
  const value = parse(text);
  if (Array.isArray(value) && value.every(isSavedToken)) return value;
  throw new FileTrouble(
    `understand "${path}"`,
    undefined,
    "it is damaged. Move it away; you then log in once more",
  );
}

export function writeTokenList(tokens: readonly SavedToken[]): string {
  return JSON.stringify(tokens.slice(0, tokensMax), undefined, 2) + "\n";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isSavedToken(value: unknown): value is SavedToken {
  return typeof value === "object" && value !== null &&
    "pin" in value && typeof value.pin === "string" &&
    "username" in value && typeof value.username === "string" &&
    isTextOrNothing(value, "token") && isTextOrNothing(value, "deviceProof");
}

function isTextOrNothing(value: object, name: string): boolean {
  const field: unknown = Reflect.get(value, name);
  return field === undefined || typeof field === "string";
}
