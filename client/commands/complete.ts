import type { Model } from "../model/mod.ts";
import type { WordKind } from "./command.ts";
import { commandNamed, commandNames } from "./table.ts";

/** A name that holds anything else could do something to the terminal. */
const isName = /^[a-z0-9][a-z0-9._-]*$/;

/** What can be completed to. */
export interface Completable {
  readonly model: Model;
  /** Members of the room that the person talks in, as far as they are known. */
  readonly members: readonly string[];
  /** Rooms that the person could join, as far as they are known. */
  readonly rooms: readonly string[];
}

export interface Completion {
  /** What stands in place of the text before the cursor: as far as it is certain. */
  readonly text: string;
  /** What it could be, where that is more than one thing. */
  readonly choices: readonly string[];
}

/** Completes the last word of what stands before the cursor: a command, a room or a member's name. */
export function complete(text: string, completable: Completable): Completion {
  const start = text.search(/\S*$/);
  const word = text.slice(start);
  const candidates = candidatesFor(text, start, completable).filter((name) => name.startsWith(word)).sort();
  const [only, ...others] = candidates;
  if (only === undefined || word === "") return { text, choices: [] };
  if (others.length === 0) return { text: `${text.slice(0, start)}${only} `, choices: [] };
  return { text: text.slice(0, start) + sharedStart(candidates), choices: candidates };
}

function candidatesFor(text: string, start: number, completable: Completable): readonly string[] {
  const word = text.slice(start);
  const { role } = completable.model.me;
  if (start === 0 && word.startsWith("/")) return commandNames(role).map((name) => `/${name}`);
  const kind = kindOfWord(text, word);
  if (typeof kind === "object") return kind;
  return kind === "person" ? marked("@", word, namesOf("person", completable)) : marked(
    "#",
    word,
    namesOf(kind, completable),
  );
}

/** What the last word of the text is, by the command before it; in what is said, by its mark. */
function kindOfWord(text: string, word: string): Exclude<WordKind, "anything"> {
  const [, name, earlier = ""] = /^\/(\S+)\s+(?:(\S+)\s+)?\S*$/.exec(text) ?? [];
  const command = name === undefined ? undefined : commandNamed(name);
  const kind = earlier === "" ? command?.firstWord : command?.secondWord;
  if (kind !== undefined && kind !== "anything") return kind;
  return word.startsWith("#") ? "room" : "person";
}

function namesOf(
  kind: "room" | "own room" | "person",
  { model, rooms, members }: Completable,
): readonly string[] {
  const own = [...model.rooms.keys()];
  const names = { "room": [...own, ...rooms], "own room": own, "person": members }[kind];
  return [...new Set(names)].filter((name) => isName.test(name));
}

/** Names are completed with their mark, `#` or `@`, where it was typed, and without it otherwise. */
function marked(mark: string, word: string, names: readonly string[]): readonly string[] {
  return word.startsWith(mark) ? names.map((name) => mark + name) : names;
}

function sharedStart(words: readonly string[]): string {
  const [first = "", ...others] = words;
  let length = first.length;
  while (!others.every((word) => word.startsWith(first.slice(0, length)))) length--;
  return first.slice(0, length);
}
