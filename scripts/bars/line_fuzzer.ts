import { requestFrames } from "../../shared/protocol/mod.ts";

const utf8 = new TextEncoder();
const newline = 0x0a;

/** What is put in place of a value. */
const values: readonly string[] = [
  ...[
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "-0",
    "9007199254740993",
    "1".repeat(400),
    "0.1e-400",
    '""',
    "[]",
    "{}",
  ],
  ...['"\\u0000"', '"\\ud800"', '"\\udfff\\ud800"', '"\\u202e"', '"talk"', '"' + "x".repeat(9_000) + '"'],
  ...['{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{}}}', '"__proto__"', '"toString"'],
  "[".repeat(30) + "]".repeat(30),
  '{"a":'.repeat(40) + "1" + "}".repeat(40),
];

/** Whole lines that parsers have stumbled over. */
export const spoilers: readonly string[] = [
  ...[
    "",
    " ",
    "null",
    "[]",
    "{}",
    '"type"',
    "{",
    "}",
    '{"type"}',
    '{"type":}',
    "nan",
    "{'type':'ping'}",
    "\r",
  ],
  ...['{"type":"__proto__","id":"1"}', '{"type":"constructor","id":"1"}', '{"__proto__":null,"type":"ping"}'],
  ...['{"type":"ping","type":"pong","id":"1"}', '{"type":"ping","id":1}', '{"type":"ping","id":"1"}garbage'],
  ...[
    '\ufeff{"type":"ping","id":"1"}',
    '{"type":"ping","id":"1",}',
    '{"type":"send","id":"1","room":"talk"}',
  ],
  '{"type":"read","id":"1","room":"talk","seq":1e308}',
  "[".repeat(20_000),
  '{"a":'.repeat(5_000),
];

/** Hashing passwords would take all the time, and after `quit` nothing is heard. */
const leftOut: readonly string[] = ["login", "quit"];

/** Makes lines that are nearly right, and lines that are not at all. */
export class LineFuzzer {
  readonly #fraction: () => number;

  /** `fraction` gives chance, from 0 up to 1; the same gives the same lines. */
  constructor(fraction: () => number) {
    this.#fraction = fraction;
  }

  /** One line with its newline. */
  next(): Uint8Array {
    const kind = this.#below(5);
    const line = kind < 3
      ? this.#spoiltFrame()
      : kind === 3
      ? this.#spoiltBytes()
      : utf8.encode(this.#pick(spoilers));
    return Uint8Array.of(...line.filter((byte) => byte !== newline), newline);
  }

  /** A request of which most fields are something else. */
  #spoiltFrame(): Uint8Array {
    const [type, { fields }] = this.#pick(
      Object.entries(requestFrames).filter(([name]) => !leftOut.includes(name)),
    );
    const parts = ["id", ...Object.keys(fields), "unknown"].filter(() => this.#fraction() < 0.9)
      .map((field) => `"${field}":${this.#pick(values)}`);
    const typeValue = this.#fraction() < 0.95 ? `"${type}"` : this.#pick(values);
    return utf8.encode(`{"type":${typeValue},${parts.join(",")}}`);
  }

  /** A frame in which bytes are changed, left out, doubled or put in. */
  #spoiltBytes(): Uint8Array {
    const bytes = [...this.#spoiltFrame()].slice(0, 2_000);
    for (let left = 1 + this.#below(5); left > 0; left--) this.#spoil(bytes, this.#below(bytes.length));
    return Uint8Array.from(bytes);
  }

  #spoil(bytes: number[], at: number): void {
    // A byte above is mostly no UTF-8, which ends the connection: now and then will do.
    const byte = this.#below(this.#fraction() < 0.05 ? 256 : 128);
    const kind = this.#below(4);
    if (kind === 0) bytes.splice(at, 1, byte);
    else if (kind === 1) bytes.splice(at, 1 + this.#below(8));
    else if (kind === 2) bytes.splice(at, 0, byte, byte);
    else bytes.splice(at, 0, ...bytes.slice(at, at + 20));
  }

  #below(end: number): number {
    return Math.floor(this.#fraction() * end);
  }

  #pick<Item>(items: readonly Item[]): Item {
    const item = items[this.#below(items.length)];
    if (item === undefined) throw new Error("There is nothing to pick from");
    return item;
  }
}
