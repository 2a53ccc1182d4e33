import { type Answer, declarationOf, type RequestType, type Role } from "../../shared/protocol/mod.ts";
import type { Connection, SaidPlace } from "../connection/mod.ts";
import type { OfferedFile } from "../files/mod.ts";
import type { Profile, RoomModel, ShownEvent } from "../model/mod.ts";

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
  /** All commands by their groups, or some of them with what they do. */
  | { readonly kind: "help"; readonly commands: readonly Command[] }
  | { readonly kind: "explained"; readonly commands: readonly Command[] }
  | { readonly kind: "rooms"; readonly rooms: Answer<"rooms">["rooms"] }
  | {
    readonly kind: "members";
    readonly room: string;
    /** What it is called. */
    readonly label: string;
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
  | { readonly kind: "bots"; readonly bots: Answer<"bots">["bots"] }
  | { readonly kind: "bot"; readonly bot: Answer<"bot">; readonly isNew: boolean }
  | { readonly kind: "reset"; readonly reset: Answer<"reset">; readonly endsTwoFactor: boolean }
  /** To be put into an authenticator app. */
  | { readonly kind: "two_factor_secret"; readonly secret: string; readonly uri: string }
  /** To be kept in a safe place. */
  | { readonly kind: "recovery_codes"; readonly codes: readonly string[] }
  /** It is done, or it is so: the text says what. */
  | { readonly kind: "told"; readonly text: string }
  /** A message that is to be sent as any other. */
  | { readonly kind: "said"; readonly room: string; readonly text: string } & SaidPlace
  /** A file of this machine is to be sent: the words begin with its path, and what stands behind it is the text. */
  | { readonly kind: "upload"; readonly room: string; readonly words: string }
  /** A file is to be saved on this machine. */
  | { readonly kind: "download"; readonly file: OfferedFile }
  /** The file that began last to be sent or saved is to be stopped. */
  | { readonly kind: "cancel" }
  /** It is done, and the event that came of it is shown as any other. */
  | { readonly kind: "done" }
  /** Messages of one's rooms, the newest first. `none` is what to say where there are none. */
  | {
    readonly kind: "messages";
    readonly messages: Answer<"messages">["messages"];
    readonly more: boolean;
    readonly none: string;
  }
  | { readonly kind: "thread"; readonly thread: Answer<"thread"> }
  | { readonly kind: "threads"; readonly threads: Answer<"threads">["threads"]; readonly more: boolean }
  | { readonly kind: "found"; readonly found: Answer<"search"> }
  | { readonly kind: "revisions"; readonly revisions: Answer<"revisions"> }
  | { readonly kind: "drafts"; readonly drafts: Answer<"drafts">["drafts"] }
  | { readonly kind: "profile"; readonly profile: Profile }
  /** One's rooms in which something is unread. */
  | { readonly kind: "unread"; readonly rooms: readonly RoomModel[] }
  /** The room was marked as unread, and is to stay so for a while. */
  | { readonly kind: "kept_unread"; readonly room: string }
  /** To be copied. */
  | { readonly kind: "link"; readonly link: string }
  /** From now on the person talks in this room, and says this there first. */
  | { readonly kind: "turned"; readonly room: string; readonly text?: string | undefined }
  | { readonly kind: "left"; readonly room: string }
  | { readonly kind: "quit" }
  /** It could not be done as it was written: the text says why, and how it is written. */
  | { readonly kind: "mistake"; readonly text: string };

/** What a word after a command is, for completion: one of a list, where it is no name. */
export type WordKind = "room" | "own room" | "person" | "anything" | readonly string[];

/** What belongs together in the help. */
export const groups = {
  talk: "Talking",
  find: "Reading and finding",
  rooms: "Rooms",
  moderating: "Seeing to a room",
  people: "People",
  account: "Your account",
  server: "The server",
} as const;

/** A verb that a person has, once for all faces: help, completion and dispatch derive from it. */
export interface Command {
  readonly name: string;
  readonly otherNames?: readonly string[];
  readonly group: keyof typeof groups;
  /** What may follow, as help shows it: capitals for what is to be replaced, brackets for what may be left out. */
  readonly takes: string;
  readonly firstWord: WordKind;
  readonly secondWord?: WordKind;
  readonly says: string;
  /** The request that it is about: whose role may not make it is not offered the command. */
  readonly needs?: RequestType;
  /** Whether it asks the person something, so that what they type next may be the answer. */
  readonly asks?: true;
  /** Whether the person may talk in another room afterwards. */
  readonly turns?: true;
  /** Whether it takes a text, which may have several lines. */
  readonly takesText?: true;
  /** `words` and `rest` hold what stood after the name. Rejects as `Connection.request` does. */
  run(desk: Desk, words: readonly string[], rest: string): Promise<Outcome> | Outcome;
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

/** What came of a request: an event, or nothing since it was so already. */
export function doneBy({ time }: Pick<Answer<"ok">, "time">): Outcome {
  return time === undefined ? { kind: "told", text: "It is so already." } : { kind: "done" };
}

/** As it is typed, with what may follow. */
export function usage({ name, takes }: Pick<Command, "name" | "takes">): string {
  return `/${name} ${takes}`.trimEnd();
}
