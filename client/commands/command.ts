import type { Answer } from "../../shared/protocol/mod.ts";
import type { Connection } from "../connection/mod.ts";
import type { ShownEvent } from "../model/mod.ts";

/** What a command can see and do. */
export interface Desk {
  readonly connection: Connection;
  /** The room that the person talks in; undefined if they are in none. */
  readonly room: string | undefined;
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
  | { readonly kind: "invite"; readonly invite: Answer<"invite"> }
  /** From now on the person talks in this room. */
  | { readonly kind: "turned"; readonly room: string }
  | { readonly kind: "left"; readonly room: string }
  | { readonly kind: "quit" }
  /** It could not be done as it was written: the text says why, and how it is written. */
  | { readonly kind: "mistake"; readonly text: string };

/** What the words after a command are, for completion. */
export type WordKind = "room" | "own room" | "anything";

/** A verb that a person has, once for all faces: help, completion and dispatch derive from it. */
export interface Command {
  readonly name: string;
  readonly otherNames?: readonly string[];
  /** What may follow, as help shows it: capitals for what is to be replaced, brackets for what may be left out. */
  readonly takes: string;
  readonly firstWord: WordKind;
  readonly says: string;
  /** Whether the person may talk in another room afterwards. */
  readonly turns?: true;
  /** `words` holds what stood after the name. Rejects as `Connection.request` does. */
  run(desk: Desk, words: readonly string[]): Promise<Outcome> | Outcome;
}

/** The mistake of a command that lacks something, or has something that makes no sense. */
export function misused(command: Pick<Command, "name" | "takes">, why: string): Outcome {
  return { kind: "mistake", text: `${why}. It is written /${command.name} ${command.takes}` };
}
