import type { Model } from "./model.ts";

/** What a room is called where people read it: `#ops`, or by the names of the others in a direct conversation. */
export function roomLabel({ me, rooms }: Model, name: string): string {
  const others = rooms.get(name)?.people?.filter((person) => person !== me.username) ?? [];
  return others.length === 0 ? `#${name}` : others.map((person) => `@${person}`).join(" ");
}
