import { fileURLToPath } from "node:url";
import { join } from "node:path";

/** The path that a text begins with, and what stands behind it. */
export interface PathWords {
  readonly path: string;
  readonly rest: string;
}

export interface PathSurroundings {
  /** What `~` stands for. */
  readonly home: string | undefined;
  /** Windows separates folders by the sign with which others take away a space's meaning. */
  readonly isWindows: boolean;
  exists(path: string): boolean;
}

/**
 * The path as it is typed, or dropped into a terminal: in quotes, with backslashes before spaces, as a `file:` address, or
 * with bare spaces, where the shortest beginning that is there is meant. Undefined if the text is empty or a quote is
 * not closed.
 */
export function pathIn(text: string, around: PathSurroundings): PathWords | undefined {
  const trimmed = text.trim();
  const found = quoted(trimmed, around) ?? bare(trimmed, around);
  return found === undefined || found.path === ""
    ? undefined
    : { ...found, path: resolved(found.path, around) };
}

function quoted(text: string, { isWindows }: PathSurroundings): PathWords | undefined {
  const [, single, double, rest = ""] = /^(?:'([^']*)'|"((?:[^"\\]|\\[^])*)")(?:\s+([^]*))?$/.exec(text) ??
    [];
  const path = single ?? (isWindows ? double : double?.replace(/\\(["\\$`])/g, "$1"));
  return path === undefined ? undefined : { path, rest };
}

function bare(text: string, around: PathSurroundings): PathWords | undefined {
  if (/^['"]/.test(text)) return undefined;
  const beginnings = beginningsOf(text, around.isWindows);
  return beginnings.find(({ path }) => around.exists(resolved(path, around))) ?? beginnings[0];
}

/** All places at which the path may end, the nearest first. */
function beginningsOf(text: string, isWindows: boolean): readonly PathWords[] {
  const spaces = isWindows ? text.matchAll(/\s+|$/g) : text.matchAll(/(?<!\\)\s+|$/g);
  return Array.from(spaces, ({ index, 0: space }) => ({
    path: isWindows ? text.slice(0, index) : text.slice(0, index).replace(/\\([^])/g, "$1"),
    rest: text.slice(index + space.length),
  }));
}

function resolved(path: string, { home }: PathSurroundings): string {
  if (path.startsWith("file://")) return fromAddress(path);
  if (home === undefined || !/^~(?=$|[/\\])/.test(path)) return path;
  return join(home, path.slice(1));
}

function fromAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return address;
  }
}
