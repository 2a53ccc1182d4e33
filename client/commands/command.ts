import { type Answer, declarationOf, type Role } from "../../shared/protocol/mod.ts";
import type { AskType, Connection } from "../connection/mod.ts";
import type { ShownEvent } from "../model/mod.ts";

/** Somebody who can be asked while a command is done. An empty answer means that they would rather not. */
export interface Asker {
  ask(question: string): Promise<string>;
  /** Asks for what nobody else may see. */
  askHidden(question: string): Promise<string>;
}

/** What a command can see and do. */
export interface Desk {
  readonly connection: Connection;
  /** The room that the person talks in; undefined if they are in none. */
  readonly room: string | undefined;
  /** Undefined where nobody sits at a terminal. */
  readonly asker?: Asker | undefined;
  /** Shows something before the command is done. */
  show(outcome: Outcome): void;
}

/** What came of a command. How it looks is the face's business. */
export type Outcome =
  | { readonly kind: "help"; readonly commands: readonly Command[] }
  | { readonly kind: "rooms"; readonly rooms: Answer<"rooms">["rooms"] }
  | {
    readonly kind: "members";
    readonly room: string;
    readonly users: Answer<"who">["users"];
    readonly more: boolean;
  }
  | {
    readonly kind: "history";
    readonly room: string;
    readonly events: readonly ShownEvent[];
    readonly more: boolean;
  }
  | { readonly kind: "invite"; readonly invite: Answer<"invite">; readonly role: Role }
  | { readonly kind: "devices"; readonly devices: Answer<"devices">["devices"] }
  | { readonly kind: "people"; readonly people: Answer<"people">["people"] }
  | { readonly kind: "reset"; readonly reset: Answer<"reset">; readonly endsTwoFactor: boolean }
  /** To be put into an authenticator app. */
  | { readonly kind: "two_factor_secret"; readonly secret: string; readonly uri: string }
  /** To be kept in a safe place. */
  | { readonly kind: "recovery_codes"; readonly codes: readonly string[] }
  /** It is done, or it is so: the text says what. */
  | { readonly kind: "told"; readonly text: string }
  /** From now on the person talks in this room. */
  | { readonly kind: "turned"; readonly room: string }
  | { readonly kind: "left"; readonly room: string }
  | { readonly kind: "quit" }
  /** It could not be done as it was written: the text says why, and how it is written. */
  | { readonly kind: "mistake"; readonly text: string };

/** What a word after a command is, for completion: one of a list, where it is no name. */
export type WordKind = "room" | "own room" | "person" | "anything" | readonly string[];

/** A verb that a person has, once for all faces: help, completion and dispatch derive from it. */
export interface Command {
  readonly name: string;
  readonly otherNames?: readonly string[];
  /** What may follow, as help shows it: capitals for what is to be replaced, brackets for what may be left out. */
  readonly takes: string;
  readonly firstWord: WordKind;
  readonly secondWord?: WordKind;
  readonly says: string;
  /** The request that it is about: whose role may not make it is not offered the command. */
  readonly needs?: AskType;
  /** Whether it asks the person something, so that what they type next may be the answer. */
  readonly asks?: true;
  /** Whether the person may talk in another room afterwards. */
  readonly turns?: true;
  /** `words` holds what stood after the name. Rejects as `Connection.request` does. */
  run(desk: Desk, words: readonly string[]): Promise<Outcome> | Outcome;
}

/** Whether a person of this role has any use for the command; `isConfined`, as long as they must set up two-factor first. */
export function isOffered({ needs }: Pick<Command, "needs">, role: Role, isConfined = false): boolean {
  if (needs === undefined) return true;
  const askers = declarationOf(needs);
  if (askers.phase !== "member") return true;
  return askers.roles.includes(role) && (!isConfined || askers.confined === true);
}

/** The mistake of a command that lacks something, or has something that makes no sense. */
export function misused(command: Pick<Command, "name" | "takes">, why: string): Outcome {
  return { kind: "mistake", text: `${why}. It is written ${usage(command)}` };
}

/** As it is typed, with what may follow. */
export function usage({ name, takes }: Pick<Command, "name" | "takes">): string {
  return `/${name} ${takes}`.trimEnd();
}
