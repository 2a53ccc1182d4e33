import type { Fault } from "./fault.ts";
import { folderOf, isOutsideTheHouse, roomOf } from "./rooms.ts";

const attics: ReadonlySet<string> = new Set(["common", "helpers", "types", "utils"]);

/** Files named for nothing in particular, and files that stand in no room. */
export function nameFaults(files: readonly string[]): readonly Fault[] {
  return files.flatMap((file) => [...atticFault(file), ...roomFault(file)]);
}

function atticFault(file: string): Fault[] {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (!attics.has(name.replace(/\..*$/, ""))) return [];
  return [{
    file,
    text: `is named for nothing in particular: name it for the one concept it holds, or split it.`,
  }];
}

function roomFault(file: string): Fault[] {
  if (isOutsideTheHouse(file) || roomOf(file) !== undefined) return [];
  const place = folderOf(file) === "" ? `"${file}"` : `the folder "${folderOf(file)}"`;
  return [{
    file,
    text: `stands in no room: give ${place} a row in scripts/tidy/rooms.ts, or move the file.`,
  }];
}
