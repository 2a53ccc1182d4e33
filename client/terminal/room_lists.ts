/** Rooms, and who is in them. */
import type { Outcome } from "../commands/mod.ts";
import { countText } from "./count_text.ts";
import { nameSpan } from "./event_lines.ts";
import { safeText } from "./safe_text.ts";
import { type Line, type Span, span } from "./styled_line.ts";

type ListedRoom = Extract<Outcome, { kind: "rooms" }>["rooms"][number];

export function roomLines(rooms: readonly ListedRoom[], me: string): readonly Line[] {
  const names = rooms.map((room) => roomName(room, me));
  const width = Math.max(...names.map(({ length }) => length));
  return rooms.map(({ members, member, access, archived, topic }, index): Line => [
    span(member ? "  ✓ " : "    ", "good"),
    span((names[index] ?? "").padEnd(width), "accent"),
    span(
      access === "direct"
        ? "  direct"
        : `  ${countText(members, "member")}${access === "private" ? ", private" : ""}${
          archived ? ", archived" : ""
        }`,
      "dim",
    ),
    span(topic === undefined ? "" : `  ${safeText(topic)}`),
  ]);
}

function roomName({ room, people = [] }: ListedRoom, me: string): string {
  const others = people.filter((person) => person !== me);
  return safeText(others.length === 0 ? `#${room}` : others.map((person) => `@${person}`).join(" "));
}

const presences = [["online", "Here"], ["busy", "Busy"], ["away", "Away"], ["offline", "Gone"]] as const;

export function memberLines(outcome: Extract<Outcome, { kind: "members" }>, me: string): readonly Line[] {
  const lines = presences.flatMap(([status, title]): Line[] => {
    const users = outcome.users.filter((user) => user.status === status);
    return users.length === 0 ? [] : [[span(`  ${title}  `, "dim"), ...nameList(users, me)]];
  });
  const least = outcome.more ? "More than " : "";
  return [
    [span(`  ${least}${countText(outcome.users.length, "member")} in ${safeText(outcome.label)}`)],
    ...lines,
  ];
}

type Member = Extract<Outcome, { kind: "members" }>["users"][number];

function nameList(users: readonly Member[], me: string): readonly Span[] {
  return users.flatMap((user, index) => [
    ...index === 0 ? [] : [span(", ")],
    nameSpan(user.username, me),
    ...aboutMember(user),
  ]);
}

/** What is unusual of them. */
function aboutMember({ standing, role, displayName, deactivated, bot }: Member): readonly Span[] {
  const about = [
    ...displayName === undefined ? [] : [`“${safeText(displayName)}”`],
    ...standing === undefined || standing === "member" ? [] : [standing],
    ...bot ? ["bot"] : role === undefined || role === "member" ? [] : [role],
    ...deactivated ? ["deactivated"] : [],
  ];
  return about.length === 0 ? [] : [span(` (${about.join(", ")})`, "dim")];
}
