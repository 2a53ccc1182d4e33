import type { Outcome } from "../commands/mod.ts";
import {
  deviceLines,
  peopleLines,
  recoveryCodeLines,
  resetLines,
  secretLines,
  toldLines,
} from "./account_lines.ts";
import { botLines, botsLines } from "./bot_lines.ts";
import type { PictureSize } from "./code_picture.ts";
import { dayAndHourText } from "./date_text.ts";
import { countText } from "./count_text.ts";
import { explainedLines, helpLines } from "./help_lines.ts";
import {
  draftsLines,
  foundLines,
  type ListReader,
  messagesLines,
  profileLines,
  revisionsLines,
  threadLines,
  threadsLines,
  unreadRoomsLines,
} from "./message_lists.ts";
import { memberLines, roomLines } from "./room_lists.ts";
import { roleNames } from "./role_names.ts";
import { safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

type Listed = Exclude<
  Outcome,
  {
    kind:
      | ("history" | "turned" | "said" | "done" | "kept_unread" | "left" | "quit" | "mistake")
      | ("upload" | "download" | "cancel");
  }
>;

/** Who looks at it, and how. */
interface Reader extends ListReader {
  /** As in `Stage`. */
  readonly hasKeys: boolean;
  /** As in `Stage`. */
  readonly pictureSize?: PictureSize | undefined;
}

/** What a command found out. */
export function outcomeLines(outcome: Listed, reader: Reader): readonly Line[] {
  const { model, hasKeys, pictureSize } = reader;
  const me = model.me.username;
  switch (outcome.kind) {
    case "help":
      return helpLines(outcome.commands, hasKeys);
    case "explained":
      return explainedLines(outcome.commands);
    case "messages":
      return messagesLines(outcome, reader);
    case "found":
      return foundLines(outcome, reader);
    case "thread":
      return threadLines(outcome, reader);
    case "threads":
      return threadsLines(outcome, reader);
    case "revisions":
      return revisionsLines(outcome);
    case "drafts":
      return draftsLines(outcome, reader);
    case "unread":
      return unreadRoomsLines(outcome, reader);
    case "profile":
      return profileLines(outcome, reader);
    case "link":
      return [[span("  "), span(safeText(outcome.link), "strong", "whole")]];
    case "rooms":
      return outcome.rooms.length === 0
        ? [[span("  There are no rooms yet.", "dim")]]
        : roomLines(outcome.rooms, me);
    case "members":
      return memberLines(outcome, me);
    case "invite":
      return inviteLines(outcome);
    case "devices":
      return deviceLines(outcome);
    case "people":
      return peopleLines(outcome, me);
    case "bots":
      return botsLines(outcome, me);
    case "bot":
      return botLines(outcome);
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
