import { type Command, type Outcome, usage } from "../commands/mod.ts";
import {
  deviceLines,
  peopleLines,
  recoveryCodeLines,
  resetLines,
  secretLines,
  toldLines,
} from "./account_lines.ts";
import type { PictureSize } from "./code_picture.ts";
import { pad, widest } from "./columns.ts";
import { dayAndHourText } from "./date_text.ts";
import { nameSpan } from "./event_lines.ts";
import { roleNames } from "./role_names.ts";
import { safeText } from "./safe_text.ts";
import { type Line, type Span, span } from "./styled_line.ts";

type Listed = Exclude<Outcome, { kind: "history" | "turned" | "left" | "quit" | "mistake" }>;

/** Who looks at it, and how. */
interface Reader {
  /** Their own name. */
  readonly me: string;
  /** As in `Stage`. */
  readonly hasKeys: boolean;
  /** As in `Stage`. */
  readonly pictureSize?: PictureSize | undefined;
}

/** What a command found out. */
export function outcomeLines(outcome: Listed, { me, hasKeys, pictureSize }: Reader): readonly Line[] {
  switch (outcome.kind) {
    case "help":
      return helpLines(outcome.commands, hasKeys);
    case "rooms":
      return outcome.rooms.length === 0
        ? [[span("  There are no rooms yet.", "dim")]]
        : roomLines(outcome.rooms);
    case "members":
      return memberLines(outcome, me);
    case "invite":
      return inviteLines(outcome);
    case "devices":
      return deviceLines(outcome);
    case "people":
      return peopleLines(outcome, me);
    case "reset":
      return resetLines(outcome);
    case "two_factor_secret":
      return secretLines(outcome, pictureSize);
    case "recovery_codes":
      return recoveryCodeLines(outcome);
    case "told":
      return toldLines(outcome);
  }
}

function helpLines(commands: readonly Command[], hasKeys: boolean): readonly Line[] {
  const usages = commands.map(usage);
  const width = widest(usages);
  return [
    ...commands.map(({ says }, index): Line => [
      span("  "),
      span(pad(usages[index] ?? "", width), "strong"),
      span(`  ${says}`),
    ]),
    ...hasKeys ? keyLines() : [],
    [span("  A text that begins with / is written with //.", "dim")],
  ];
}

function keyLines(): readonly Line[] {
  return [
    [span("  Tab completes commands, rooms and names. ↑ brings earlier lines back.", "dim")],
    [span("  Alt-Enter begins a new line, and what is pasted keeps its lines.", "dim")],
  ];
}

function roomLines(rooms: Extract<Outcome, { kind: "rooms" }>["rooms"]): readonly Line[] {
  const names = rooms.map(({ room }) => `#${safeText(room)}`);
  const width = widest(names);
  return rooms.map(({ members, member, access, topic }, index): Line => [
    span(member ? "  ✓ " : "    ", "good"),
    span(pad(names[index] ?? "", width), "accent"),
    span(`  ${countText(members, "member")}${access === "private" ? ", private" : ""}`, "dim"),
    span(topic === undefined ? "" : `  ${safeText(topic)}`),
  ]);
}

const presences = [["online", "Here"], ["away", "Away"], ["offline", "Gone"]] as const;

function memberLines(outcome: Extract<Outcome, { kind: "members" }>, me: string): readonly Line[] {
  const lines = presences.flatMap(([status, title]): Line[] => {
    const names = outcome.users.filter((user) => user.status === status).map(({ username }) => username);
    return names.length === 0 ? [] : [[span(`  ${title}  `, "dim"), ...nameList(names, me)]];
  });
  const least = outcome.more ? "More than " : "";
  return [
    [span(`  ${least}${countText(outcome.users.length, "member")} in #${safeText(outcome.room)}`)],
    ...lines,
  ];
}

function nameList(names: readonly string[], me: string): readonly Span[] {
  return names.flatMap((name, index) =>
    index === 0 ? [nameSpan(name, me)] : [span(", "), nameSpan(name, me)]
  );
}

function inviteLines(
  { invite: { link, uses, expires }, role }: Extract<Outcome, { kind: "invite" }>,
): readonly Line[] {
  return [
    [span(
      `  For ${countText(uses, "colleague")}, as ${uses === 1 ? roleNames[role] : `${role}s`}, until ${
        dayAndHourText(expires)
      }:`,
    )],
    [span("  "), span(`chat connect '${safeText(link)}'`, "strong", "whole")],
    [span("  Whoever has this link can join: hand it over in private.", "dim")],
    [span("  It is not shown again.", "dim")],
  ];
}

/** `1 person`, `2 people`. */
export function countText(count: number, one: string, several: string = `${one}s`): string {
  return `${count} ${count === 1 ? one : several}`;
}
