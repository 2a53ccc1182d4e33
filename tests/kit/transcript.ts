/**
 * Whole conversations between clients and a server as texts, which people read and tests replay. One deed a line:
 *
 *     # Words for the reader; the first such line is the title
 *     the server starts with --registration open
 *     the server stops
 *     31 seconds pass
 *     the app with "$seed" shows "$code" what an authenticator app makes of a secret that was told before
 *     ana connects and is greeted       hears the greeting, or `ana connects`, and it is written out
 *     ana> {"type":"ping","id":"1"}      what a client says
 *     ana>> Hello?                       a line that need not be JSON
 *     ana writes a line of 9000 bytes
 *     ana writes the bytes 7b ff 0a
 *     ana< {"type":"pong","re":"1"}      what it hears; all of it but for presence, in this order
 *     ana is disconnected                by the server
 *     ana vanishes                       closes without a word
 *
 * A string "$name" stands for a value of any type that is first told by the server and is the same wherever it comes again.
 */
export interface Transcript {
  readonly title: string;
  readonly steps: readonly Step[];
}

export interface Step {
  /** The number of its line in the file. */
  readonly line: number;
  /** As it is written there. */
  readonly source: string;
  readonly deed: Deed;
}

export type Deed =
  | { readonly kind: "prose"; readonly text: string }
  | { readonly kind: "starts"; readonly settings: Readonly<Record<string, string>> }
  | { readonly kind: "stops" }
  | { readonly kind: "pass"; readonly seconds: number }
  | { readonly kind: "shows"; readonly secret: string; readonly code: string }
  | { readonly kind: "connects"; readonly who: string; readonly greeted: boolean }
  | { readonly kind: "disconnected" | "vanishes"; readonly who: string }
  | { readonly kind: "says" | "hears"; readonly who: string; readonly frame: Pattern }
  | { readonly kind: "writes"; readonly who: string; readonly bytes: Uint8Array };

/** A frame as it is written: some of its values may be names that begin with `$`. */
export interface Pattern {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** Reads a transcript. Throws an Error that names the line that cannot be read. */
export function parseTranscript(text: string): Transcript {
  const steps = text.split("\n")
    .map((source, index) => ({ line: index + 1, source }))
    .filter(({ source }) => source.trim() !== "")
    .map((place): Step => ({ ...place, deed: deedOf(place) }));
  const [first, ...rest] = steps;
  if (first?.deed.kind !== "prose") throw new Error("A transcript begins with its title: # Title");
  return { title: first.deed.text, steps: rest };
}

function deedOf({ line, source }: Omit<Step, "deed">): Deed {
  for (const [form, read] of forms) {
    const found = form.exec(source);
    if (found !== null) return read(found[1] ?? "", found[2] ?? "");
  }
  throw new Error(`Line ${line} is no deed: ${source}`);
}

const forms: readonly (readonly [RegExp, (first: string, second: string) => Deed])[] = [
  [/^# ?(.*)$/, (text) => ({ kind: "prose", text })],
  [/^the server starts(?: with (.*))?$/, (flags) => ({ kind: "starts", settings: settingsOf(flags) })],
  [/^the server stops$/, () => ({ kind: "stops" })],
  [/^(\d+) seconds pass$/, (seconds) => ({ kind: "pass", seconds: Number(seconds) })],
  [/^the app with "(\$\w+)" shows "(\$\w+)"$/, (secret, code) => ({ kind: "shows", secret, code })],
  [
    /^([a-z-]+) connects( and is greeted)?$/,
    (who, greeted) => ({ kind: "connects", who, greeted: greeted !== "" }),
  ],
  [/^([a-z-]+) is disconnected$/, (who) => ({ kind: "disconnected", who })],
  [/^([a-z-]+) vanishes$/, (who) => ({ kind: "vanishes", who })],
  [/^([a-z-]+)> (\{.*\})$/, (who, frame) => ({ kind: "says", who, frame: JSON.parse(frame) })],
  [/^([a-z-]+)< (\{.*\})$/, (who, frame) => ({ kind: "hears", who, frame: JSON.parse(frame) })],
  [/^([a-z-]+)>> (.*)$/, (who, line) => ({ kind: "writes", who, bytes: utf8(`${line}\n`) })],
  [
    /^([a-z-]+) writes a line of (\d+) bytes$/,
    (who, count) => ({ kind: "writes", who, bytes: utf8(`${"x".repeat(Number(count))}\n`) }),
  ],
  [
    /^([a-z-]+) writes the bytes ((?: ?[0-9a-f]{2})+)$/,
    (who, bytes) => ({ kind: "writes", who, bytes: Uint8Array.fromHex(bytes.replaceAll(" ", "")) }),
  ],
];

/** Flags of `chat serve` as the settings that they make. */
function settingsOf(flags: string): Readonly<Record<string, string>> {
  const pairs = [...flags.matchAll(/--(\S+) (\S+)/g)];
  return Object.fromEntries(pairs.map(([, flag, value]) => [`server.${flag}`, value ?? ""]));
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
