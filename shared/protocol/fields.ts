/** The kinds of field that frames are made of: each checks one value, and says for the protocol page what it takes. */
import { limits } from "./limits.ts";
import { type ErrorCode, errorCodes, Refusal } from "./refusal.ts";

export interface Field<Value> {
  /** What it takes, in words for the protocol page. */
  readonly takes: string;
  readonly optional: boolean;
  /** The fields of an object, or of each object in a list. */
  readonly parts?: Fields | undefined;
  /** Returns the checked value, or throws a Refusal that names the field. */
  read(value: unknown, name: string): Value;
}

export interface OptionalField<Value> extends Field<Value> {
  readonly optional: true;
}

export type Fields = Readonly<Record<string, Field<unknown>>>;

/** The TypeScript type of an object that has these fields. */
export type Shape<F extends Fields> =
  & { readonly [K in keyof F as F[K] extends OptionalField<unknown> ? never : K]: ValueOf<F[K]> }
  & {
    readonly [K in keyof F as F[K] extends OptionalField<unknown> ? K : never]?: ValueOf<F[K]> | undefined;
  };

type ValueOf<F> = F extends Field<infer Value> ? Value : never;

export function optional<Value>(field: Field<Value>): OptionalField<Value> {
  return { ...field, optional: true };
}

/** Reads the named fields of `source`; whatever else it has is ignored. */
export function readFields<F extends Fields>(fields: F, source: Readonly<Record<string, unknown>>): Shape<F> {
  const shape: Record<string, unknown> = {};
  for (const name in fields) {
    const field = fields[name];
    const value = Object.hasOwn(source, name) ? source[name] : undefined;
    if (value === undefined && field?.optional) continue;
    shape[name] = field?.read(value, name);
  }
  return shape as Shape<F>;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Characters as people count them: code points. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

function field<Value>(takes: string, read: (value: unknown, name: string) => Value): Field<Value> {
  return { takes, optional: false, read };
}

function badRequest(name: string, takes: string): Refusal {
  return new Refusal("bad_request", `Field "${name}" must be ${takes}`);
}

/** A string that is shown or compared but not constrained further than by the length of its line. */
export const anyString: Field<string> = field("a string", (value, name) => {
  if (typeof value === "string") return value;
  throw badRequest(name, "a string");
});

/** A string of 1 to `charactersMax` characters, such as a request's `id`. */
export function shortString(charactersMax: number): Field<string> {
  const takes = `a string of 1 to ${charactersMax} characters`;
  return field(takes, (value, name) => {
    if (isShortString(value, charactersMax)) return value;
    throw badRequest(name, takes);
  });
}

/** Whether `value` is a string of 1 to `charactersMax` characters. Half of a surrogate pair, which no store keeps, is none. */
export function isShortString(value: unknown, charactersMax: number): value is string {
  return typeof value === "string" && value !== "" && fits(value, charactersMax) && value.isWellFormed();
}

/** A whole number in the given range. */
export function integer(min: number, max: number = Number.MAX_SAFE_INTEGER): Field<number> {
  const takes = max === Number.MAX_SAFE_INTEGER
    ? `a whole number from ${min}`
    : `a whole number from ${min} to ${max}`;
  return field(takes, (value, name) => {
    if (typeof value === "number" && Number.isSafeInteger(value) && value >= min && value <= max) {
      return value;
    }
    throw badRequest(name, takes);
  });
}

export const trueOrFalse: Field<boolean> = field("true or false", (value, name) => {
  if (typeof value === "boolean") return value;
  throw badRequest(name, "true or false");
});

/** Milliseconds since the Unix epoch. */
export const time: Field<number> = { ...integer(0), takes: "milliseconds since the Unix epoch" };

/** One of a closed list of words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): Field<Word> {
  const takes = words.map((word) => `"${word}"`).join(", ").replace(/, (?=[^,]*$)/, " or ");
  return field(takes, (value, name) => {
    const word = words.find((candidate) => candidate === value);
    if (word !== undefined) return word;
    throw badRequest(name, takes);
  });
}

/**
 * A word that the server chooses from a list which may grow: one that a newer server knows is taken for `otherwise`, so
 * that an older client understands the rest.
 */
export function wordOf<const Word extends string>(otherwise: Word, ...words: readonly Word[]): Field<Word> {
  const { takes } = oneOf(...new Set([otherwise, ...words]));
  return field(takes, (value, name) => {
    if (typeof value !== "string") throw badRequest(name, "a string");
    return words.find((word) => word === value) ?? otherwise;
  });
}

/** Text that people read: no control characters but newline and tab, no half of a surrogate pair. */
export function text(codePointsMax: number): Field<string> {
  const takes = `text of 1 to ${codePointsMax} code points without control characters but newline and tab`;
  return field(takes, (value, name) => {
    if (typeof value !== "string") throw badRequest(name, "a string");
    const fault = textFault(value, codePointsMax);
    if (fault !== undefined) throw new Refusal("text_invalid", `Field "${name}" ${fault}`);
    return value;
  });
}

/** As `text`, but may be empty: where an empty one takes something away. */
export function maybeText(codePointsMax: number): Field<string> {
  const full = text(codePointsMax);
  const takes = full.takes.replace("1 to", "0 to");
  return { ...full, takes, read: (value, name) => value === "" ? "" : full.read(value, name) };
}

/** As `maybeText`, but shown within a line, among what others said: on one line, and without what turns its direction. */
export function maybeLine(codePointsMax: number): Field<string> {
  const { takes, ...rest } = maybeText(codePointsMax);
  return {
    ...rest,
    takes: takes.replace("but newline and tab", "and on one line"),
    read(value, name) {
      const line = rest.read(value, name);
      if (!lineBreaking.test(line)) return line;
      throw new Refusal("text_invalid", `Field "${name}" holds what breaks a line or turns its direction`);
    },
  };
}

const lineBreaking = /[\n\t\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

// deno-lint-ignore no-control-regex -- refusing control characters is what this is for
const controlCharacter = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/;

/** Bytes in base64, at most `bytesMax` of them. Whether each character is one of base64 shows when they are decoded. */
export function base64(bytesMax: number): Field<string> {
  const charactersMax = Math.ceil(bytesMax / 3) * 4;
  const takes = `1 to ${bytesMax} bytes in base64`;
  return field(takes, (value, name) => {
    if (typeof value === "string" && value !== "" && value.length <= charactersMax) return value;
    throw badRequest(name, takes);
  });
}

/** The SHA-256 of a content, in base64url. */
export const digest: Field<string> = field("a SHA-256 in base64url: 43 characters", (value, name) => {
  if (typeof value === "string" && /^[A-Za-z0-9_-]{43}$/.test(value)) return value;
  throw badRequest(name, "a SHA-256 in base64url");
});

/** What is wrong with a text, or undefined. */
export function textFault(value: string, codePointsMax: number): string | undefined {
  if (value === "") return "is empty";
  if (!fits(value, codePointsMax)) return `is longer than ${codePointsMax} characters`;
  if (controlCharacter.test(value)) return "holds control characters other than newline and tab";
  if (!value.isWellFormed()) return "holds half of a surrogate pair";
  return undefined;
}

function fits(value: string, codePointsMax: number): boolean {
  return value.length <= codePointsMax ||
    (value.length <= 2 * codePointsMax && codePoints(value) <= codePointsMax);
}

/** A room's name, folded to lower case. */
export const roomName: Field<string> = field(
  "a room name: `[a-z0-9][a-z0-9._-]{0,63}`, folded to lower case",
  (value, name) => {
    if (typeof value === "string" && /^[a-z0-9][a-z0-9._-]{0,63}$/i.test(value)) return value.toLowerCase();
    throw badRequest(name, "a room name: 1 to 64 characters of a-z, 0-9, dot, underscore and hyphen");
  },
);

/** A user's name, folded to lower case; a bad one is `username_invalid`. */
export const userName: Field<string> = field(
  "a user name: `[a-z0-9][a-z0-9._-]{1,31}`, folded to lower case",
  (value, name) => {
    if (typeof value !== "string") throw badRequest(name, "a string");
    if (/^[a-z0-9][a-z0-9._-]{1,31}$/i.test(value)) return value.toLowerCase();
    throw new Refusal(
      "username_invalid",
      "A name has 2 to 32 characters of a-z, 0-9, dot, underscore and hyphen, and starts with a letter or digit",
    );
  },
);

/** A reaction: one emoji with its modifiers, or a short word. Nothing that could be mistaken for a text. */
export const emoji: Field<string> = field(
  `an emoji, or a word of 1 to ${limits.emojiCodePoints} letters, digits, \`_\`, \`+\` and \`-\``,
  (value, name) => {
    if (typeof value === "string" && isEmoji(value)) return value;
    throw badRequest(name, 'one emoji, or a short word like "+1"');
  },
);

function isEmoji(value: string): boolean {
  return codePoints(value) <= limits.emojiCodePoints &&
    (/^[a-z0-9_+-]+$/.test(value) || /^\p{RGI_Emoji}$/v.test(value));
}

/** A code of the closed list. */
export const errorCode: Field<ErrorCode> = {
  ...wordOf<ErrorCode>("internal", ...Object.keys(errorCodes) as ErrorCode[]),
  takes: "a code from the list of errors",
};

/** The highest `seq` seen of each room, by the room's name. */
export type Cursors = Readonly<Record<string, number>>;

/** Room names with a whole number each: how far a client has come. */
export const cursors: Field<Cursors> = field(
  `an object of at most ${limits.roomsPerAccount} room names, each with the highest \`seq\` seen there`,
  (value, name) => {
    if (!isRecord(value)) throw badRequest(name, "an object");
    const entries = Object.entries(value);
    if (entries.length > limits.roomsPerAccount) {
      throw badRequest(name, `at most ${limits.roomsPerAccount} rooms`);
    }
    const seq = integer(0);
    // Without a prototype, so that no room's name means anything but the room.
    const read: Record<string, number> = Object.create(null);
    for (const [room, cursor] of entries) {
      read[roomName.read(room, name)] = seq.read(cursor, `${name}.${room}`);
    }
    return read;
  },
);

/** An object with fields of its own. */
export function object<F extends Fields>(fields: F): Field<Shape<F>> {
  const read = field("an object", (value, name) => {
    if (isRecord(value)) return readFields(fields, value);
    throw badRequest(name, "an object");
  });
  return { ...read, parts: fields };
}

/** A list whose items are all of one kind. */
export function list<Value>(item: Field<Value>): Field<readonly Value[]> {
  const read = field(`a list, each ${item.takes}`, (value, name) => {
    if (Array.isArray(value)) return value.map((one, index) => item.read(one, `${name}[${index}]`));
    throw badRequest(name, "a list");
  });
  return { ...read, parts: item.parts };
}
