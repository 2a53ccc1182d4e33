import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { string } from "./row.ts";

/** A login is known by the SHA-256 of the part of its tokens before the dot, where it was that part itself. */
export function hashLoginIds(database: DatabaseSync): void {
  const update = database.prepare("UPDATE login SET id = ? WHERE id = ?");
  for (const row of database.prepare("SELECT id FROM login").all()) {
    const id = string(row, "id");
    update.run(createHash("sha256").update(id).digest("base64url"), id);
  }
}
