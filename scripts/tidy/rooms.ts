/**
 * The rooms of the house and the arrows between them: the one table to change when a room is added. A room is a
 * folder with a `mod.ts`; folders below it without a `mod.ts` belong to it.
 */

const shared = [
  "shared/export",
  "shared/files",
  "shared/identity",
  "shared/pin",
  "shared/protocol",
  "shared/trouble",
  "shared/web",
  "shared/world",
] as const;

/** Each room with the rooms that it may import, types included. */
export const arrows: Readonly<Record<string, readonly string[]>> = {
  "main.ts": [...shared, "certs", "client", "server"],

  "shared/protocol": [],
  "shared/world": [],
  "shared/trouble": [],
  "shared/files": ["shared/trouble", "shared/world"],
  "shared/pin": [],
  "shared/identity": ["shared/trouble"],
  "shared/web": ["shared/protocol"],
  "shared/export": ["shared/files", "shared/trouble"],

  "certs": [...shared],

  "server": [
    ...shared,
    "certs",
    "server/doors",
    "server/sessions",
    "server/exporting",
    "server/hub",
    "server/files",
    "server/store",
    "server/keyring",
  ],
  "server/doors": [...shared, "server/sessions"],
  "server/sessions": [...shared, "server/hub"],
  "server/hub": [...shared, "server/files", "server/store"],
  "server/exporting": [...shared, "server/files", "server/store"],
  "server/files": [...shared, "server/keyring"],
  "server/store": [...shared, "server/keyring"],
  "server/keyring": [...shared],

  "client": [
    ...shared,
    "client/commands",
    "client/connection",
    "client/entrance",
    "client/exporting",
    "client/files",
    "client/markdown",
    "client/model",
    "client/outbox",
    "client/programs",
    "client/terminal",
    "client/tokens",
    "client/trust",
    "client/vault",
  ],
  "client/terminal": [
    ...shared,
    "client/commands",
    "client/connection",
    "client/files",
    "client/markdown",
    "client/model",
  ],
  "client/commands": [...shared, "client/connection", "client/files", "client/model"],
  "client/exporting": [...shared, "client/connection", "client/entrance", "client/files"],
  "client/files": [...shared, "client/connection", "client/entrance"],
  "client/markdown": [],
  "client/model": ["shared/protocol"],
  "client/connection": [...shared, "client/line", "client/model"],
  "client/entrance": [
    ...shared,
    "client/connection",
    "client/line",
    "client/outbox",
    "client/tokens",
    "client/trust",
  ],
  "client/line": [...shared],
  "client/outbox": [...shared, "client/connection"],
  "client/programs": [
    ...shared,
    "client/connection",
    "client/entrance",
    "client/files",
    "client/terminal",
    "client/trust",
  ],
  "client/tokens": [...shared],
  "client/trust": [...shared, "client/line"],
  "client/vault": [...shared],
};

/** Folders that may look into every room and that no room may import. */
const outsideTheHouse = ["scripts", "tests"] as const;

export function isOutsideTheHouse(file: string): boolean {
  return outsideTheHouse.some((folder) => file.startsWith(`${folder}/`));
}

/** The room that `file` belongs to, or undefined where its folder has no row in `arrows`. */
export function roomOf(file: string): string | undefined {
  if (!file.includes("/")) return file in arrows ? file : undefined;
  const folder = folderOf(file);
  if (folder in arrows) return folder;
  const around = Object.keys(arrows).find((room) => isInnermost(room) && folder.startsWith(`${room}/`));
  return file.endsWith("/mod.ts") ? undefined : around;
}

export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf("/")));
}

/** A room around other rooms, like `server`, does not take in folders: each of those needs a row of its own. */
function isInnermost(room: string): boolean {
  return room !== "main.ts" && !Object.keys(arrows).some((other) => other.startsWith(`${room}/`));
}
