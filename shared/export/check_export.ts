import { createHash } from "node:crypto";
import { join } from "node:path";
import { FileTrouble, readFileIfThere } from "../files/mod.ts";
import { Trouble } from "../trouble/mod.ts";
import { isRecord, type Manifest, manifestName, type Part, parts, readManifest } from "./manifest.ts";

/** A line of an export is never longer, in bytes. */
const lineBytesMax = 64 * 1024 * 1024;

/** So many faults are told; of an export that has more, these are enough to know. */
const faultsMax = 20;

const blockBytes = 256 * 1024;

export interface Checked {
  readonly manifest: Manifest;
  /** What is wrong, in sentences; none if all is right. */
  readonly faults: readonly string[];
}

/**
 * Reads an export back: the manifest, every line and every file. Only a block of each is in memory. Rejects with `Trouble`
 * where there is no export, or one that did not come to its end.
 */
export async function checkExport(directory: string): Promise<Checked> {
  const text = readFileIfThere(join(directory, manifestName));
  if (text === undefined) {
    throw new Trouble(
      `There is no ${manifestName} in ${directory}: it is no export, or one that was not finished`,
    );
  }
  const manifest = readManifest(text);
  const check = new Check(directory);
  for (const part of manifest.parts) await check.part(part);
  check.folder(manifest);
  return { manifest, faults: check.faults };
}

class Check {
  readonly faults: string[] = [];
  readonly #directory: string;
  /** The sizes of contents that were found right, by their paths. */
  readonly #right = new Map<string, number>();
  /** The paths that lines tell of, whatever is found there. */
  readonly #named = new Set<string>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  async part({ path, lines, bytes, sha256 }: Part): Promise<void> {
    const hash = createHash("sha256");
    let count = 0, size = 0;
    try {
      for await (const line of linesOf(join(this.#directory, path))) {
        hash.update(line);
        size += line.length;
        await this.#line(path, ++count, line);
      }
    } catch (cause) {
      return this.#fault(`${path} cannot be read: ${reasonOf(cause)}`);
    }
    if (count !== lines) this.#fault(`${path} has ${count} lines instead of ${lines}`);
    else if (size !== bytes || hash.digest("hex") !== sha256) {
      this.#fault(`${path} was changed after it was written`);
    }
  }

  /** Whether the folder holds just the contents that lines tell of. */
  folder({ files: { count, bytes } }: Manifest): void {
    const there = [...Deno.readDirSync(join(this.#directory, "files"))].map(({ name }) => `files/${name}`);
    for (const path of there) {
      if (!this.#named.has(path)) this.#fault(`${path} belongs to no line of files.ndjson`);
    }
    const size = [...this.#right.values()].reduce((sum, each) => sum + each, 0);
    if (this.#right.size !== count || size !== bytes) {
      this.#fault(`${this.#right.size} contents of ${size} bytes are right, of ${count} of ${bytes} bytes`);
    }
  }

  async #line(part: string, number: number, line: Uint8Array): Promise<void> {
    const value = parse(line);
    const missing = isRecord(value) ? (parts[part] ?? []).filter((field) => !(field in value)) : undefined;
    if (!isRecord(value) || missing === undefined) {
      return this.#fault(`${part}, line ${number} is no JSON object`);
    }
    if (missing.length > 0) return this.#fault(`${part}, line ${number} has no ${missing.join(", ")}`);
    if (part === "files.ndjson" && value.path !== null) await this.#content(number, value);
  }

  async #content(number: number, { path, size }: Readonly<Record<string, unknown>>): Promise<void> {
    if (typeof path !== "string" || !/^files\/[0-9a-f]{64}$/.test(path)) {
      return this.#fault(`files.ndjson, line ${number} names no content`);
    }
    this.#named.add(path);
    const right = this.#right.get(path) ?? await this.#sizeIfRight(path);
    if (right === undefined) return;
    this.#right.set(path, right);
    if (right !== size) this.#fault(`${path} has ${right} bytes instead of ${size}`);
  }

  async #sizeIfRight(path: string): Promise<number | undefined> {
    const hash = createHash("sha256");
    let size = 0;
    try {
      for await (const block of blocksOf(join(this.#directory, path))) {
        hash.update(block);
        size += block.length;
      }
    } catch (cause) {
      this.#fault(`${path} cannot be read: ${reasonOf(cause)}`);
      return undefined;
    }
    if (`files/${hash.digest("hex")}` === path) return size;
    this.#fault(`${path} has another content than its name says`);
    return undefined;
  }

  #fault(text: string): void {
    if (this.faults.length < faultsMax) this.faults.push(text);
  }
}

/** With their newlines. A last one without is a line too, and its hash is another one. */
async function* linesOf(path: string): AsyncGenerator<Uint8Array, void> {
  let rest = new Uint8Array();
  for await (const block of blocksOf(path)) {
    let begin = 0;
    for (let end = block.indexOf(newline); end >= 0; end = block.indexOf(newline, begin)) {
      yield joined(rest, block.subarray(begin, end + 1));
      rest = new Uint8Array();
      begin = end + 1;
    }
    rest = joined(rest, block.subarray(begin));
    if (rest.length > lineBytesMax) {
      throw new FileTrouble(`read "${path}"`, undefined, "a line in it is too long");
    }
  }
  if (rest.length > 0) yield rest;
}

const newline = 10;

async function* blocksOf(path: string): AsyncGenerator<Uint8Array, void> {
  using file = await Deno.open(path);
  const block = new Uint8Array(blockBytes);
  for (let count = await file.read(block); count !== null; count = await file.read(block)) {
    yield block.subarray(0, count);
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

function parse(line: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(line));
  } catch {
    return undefined;
  }
}

function reasonOf(cause: unknown): string {
  return cause instanceof Deno.errors.NotFound
    ? "it is not there"
    : cause instanceof Error
    ? cause.message
    : String(cause);
}
