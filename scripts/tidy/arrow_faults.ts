import type { Fault } from "./fault.ts";
import type { Arrow } from "./import_graph.ts";
import { arrows as allowed, isOutsideTheHouse, roomOf } from "./rooms.ts";

/** Arrows that point the wrong way, pass by a door, or leave the house. */
export function arrowFaults(arrows: readonly Arrow[]): readonly Fault[] {
  return arrows.flatMap((arrow) => {
    const text = isOutsideTheHouse(arrow.from) ? undefined : moduleFault(arrow) ?? pathFault(arrow);
    return text === undefined ? [] : [{ file: arrow.from, line: arrow.line, text }];
  });
}

const clock = { rooms: ["shared/world"], mend: "take the clock of World from shared/world/mod.ts" };

/** Built-in modules that only these rooms or files may have. */
const reserved: Readonly<Record<string, { readonly rooms: readonly string[]; readonly mend: string }>> = {
  "node:sqlite": {
    rooms: ["server/store", "shared/files/file_lock.ts"], // the lock of a file is an open transaction
    mend: "give server/store a function that says what you want to know",
  },
  "node:timers": clock,
  "node:timers/promises": clock,
  "node:perf_hooks": clock,
  "node:console": { rooms: ["shared/world"], mend: "take the log of World from shared/world/mod.ts" },
  "node:process": { rooms: ["main.ts"], mend: "read it in main.ts and hand the value in" },
};

function moduleFault({ from, to }: Arrow): string | undefined {
  const rule = reserved[to];
  if (rule === undefined || [from, roomOf(from)].some((place) => rule.rooms.includes(place ?? ""))) {
    return undefined;
  }
  return `imports "${to}", which only ${rule.rooms.join(" and ")} may: ${rule.mend}.`;
}

function pathFault({ from, to, specifier }: Arrow): string | undefined {
  if (!isSource(to)) return undefined;
  if (to.startsWith("..")) {
    return `imports "${specifier}", which is outside the tree: move what you need into a room.`;
  }
  if (isOutsideTheHouse(to)) {
    return `imports "${specifier}", but the program may not lean on tests/ or scripts/: move what you need into a room.`;
  }
  const [room, other] = [roomOf(from), roomOf(to)];
  if (room === undefined || other === undefined) return undefined; // name_faults asks for the missing row
  return room === other ? insideFault(to, specifier, room) : outsideFault(to, specifier, room, other);
}

function insideFault(to: string, specifier: string, room: string): string | undefined {
  if (to !== `${room}/mod.ts`) return undefined;
  return `imports "${specifier}", the door of its own room: import the file that declares what you need.`;
}

function outsideFault(to: string, specifier: string, room: string, other: string): string | undefined {
  if (!allowed[room]?.includes(other)) {
    const may = allowed[room]?.join(", ") || "no other room";
    return `imports "${specifier}", but ${room} may not import ${other} (it may import ${may}): ` +
      `hand the thing in from where both are wired, or move it to a room that both may import.`;
  }
  if (to === `${other}/mod.ts` || to === other) return undefined;
  return `imports "${specifier}" past the door of ${other}: import ${other}/mod.ts, and export there what you need.`;
}

function isSource(to: string): boolean {
  return !/^[a-z]{2,}:/.test(to);
}
