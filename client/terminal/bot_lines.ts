/** What commands about bots found out. */
import type { Outcome } from "../commands/mod.ts";
import { clip, pad, widest } from "./columns.ts";
import { countText } from "./count_text.ts";
import { dayAndHourText } from "./date_text.ts";
import { nameSpan } from "./event_lines.ts";
import { safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

type Of<Kind extends Outcome["kind"]> = Extract<Outcome, { readonly kind: Kind }>;

const nameColumnsMax = 36;

export function botsLines({ bots }: Of<"bots">, me: string): readonly Line[] {
  if (bots.length === 0) return [[span("  There are no bots. /bot NAME SCOPES makes one.", "dim")]];
  const names = bots.map(({ username }) => clip(safeText(username), nameColumnsMax));
  const may = bots.map(({ scopes }) => clip(safeText(scopes.join(", ")), nameColumnsMax));
  const places = bots.map(({ rooms }) => rooms === 0 ? "in no room" : `in ${countText(rooms, "room")}`);
  const widths = [names, may, places].map(widest);
  return bots.map((bot, index): Line => [
    span("  "),
    { ...nameSpan(bot.username, me), text: pad(names[index] ?? "", widths[0] ?? 0) },
    span(`  ${pad(may[index] ?? "", widths[1] ?? 0)}  ${pad(places[index] ?? "", widths[2] ?? 0)}  `),
    span(whenHere(bot), "dim"),
  ]);
}

function whenHere({ deactivated, online, seen }: Of<"bots">["bots"][number]): string {
  if (deactivated) return "deactivated";
  if (online) return "here";
  return seen === undefined ? "never here" : `seen ${dayAndHourText(seen)}`;
}

export function botLines({ bot: { username, scopes, link, hook }, isNew }: Of<"bot">): readonly Line[] {
  const name = safeText(username);
  const may = safeText(scopes.join(", "));
  return [
    [span(`  ${name} may: ${may}. Its token, for CHAT_TOKEN or a file that only it can read:`)],
    [span("  "), span(safeText(link), "strong", "whole")],
    ...hook === undefined ? [] : hookLines(hook),
    [span(
      `  Whoever has it speaks as this bot. It is not shown again: /bot ${name} renew makes another.`,
      "dim",
    )],
    [span(
      isNew
        ? `  It is in no room until somebody adds it: /add ${name}`
        : "  It is in the rooms that it was in. Its token from before is good no more.",
      "dim",
    )],
  ];
}

function hookLines(hook: string): readonly Line[] {
  return [
    [span("  A program that has only HTTP posts what the bot shall say in a room, as text or as JSON, to:")],
    [span("  "), span(safeText(`${hook}ROOM`), "strong", "whole")],
  ];
}
