import { Trouble } from "../trouble/mod.ts";

/** The fields that every line of a part has. */
export const parts: Readonly<Record<string, readonly string[]>> = {
  "accounts.ndjson": ["username", "role"],
  "profile.ndjson": ["username", "role"],
  "rooms.ndjson": ["room", "kind"],
  "members.ndjson": ["room", "username", "standing"],
  "bans.ndjson": ["room", "username"],
  "messages.ndjson": ["room", "seq", "time", "from"],
  "events.ndjson": ["room", "seq", "time", "type"],
  "drafts.ndjson": ["room", "text", "time"],
  "files.ndjson": ["path", "file", "room", "name", "size"],
};

/** One file of lines. */
export interface Part {
  readonly path: string;
  readonly lines: number;
  readonly bytes: number;
  /** In hexadecimal digits. */
  readonly sha256: string;
}

/** What there is in an export. Written last: without it, the export did not come to its end. */
export interface Manifest {
  readonly format: "chat-export";
  readonly version: 1;
  /** Whether it is all that one person said, or all that a server is. */
  readonly of: "person" | "server";
  /** The person, or what the server is called. */
  readonly name: string;
  /** Milliseconds since the Unix epoch. What happened between them may be in it or not. */
  readonly began: number;
  readonly ended: number;
  readonly parts: readonly Part[];
  /** The contents in the folder `files`, which are called by their SHA-256 in hexadecimal digits. */
  readonly files: { readonly count: number; readonly bytes: number };
}

export const manifestName = "manifest.json";

/** Throws Trouble where it is none of this version. */
export function readManifest(text: string): Manifest {
  const value = parse(text);
  if (isManifest(value)) return value;
  throw new Trouble(`${manifestName} is not that of an export of this version of chat`);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  return isRecord(value) && value.format === "chat-export" && value.version === 1 &&
    (value.of === "person" || value.of === "server") &&
    Array.isArray(value.parts) && value.parts.every(isPart) &&
    isRecord(value.files) && isCount(value.files.count) && isCount(value.files.bytes);
}

function isPart(value: unknown): boolean {
  return isRecord(value) && typeof value.path === "string" && Object.hasOwn(parts, value.path) &&
    isCount(value.lines) && isCount(value.bytes) && typeof value.sha256 === "string";
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
