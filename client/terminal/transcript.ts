import type { RoomModel, ShownEvent } from "../model/mod.ts";
import { dayText } from "./date_text.ts";
import { dayLine, type EventLines, unreadLine } from "./event_lines.ts";
import { type Line, span } from "./styled_line.ts";

/**
 * What stands on the screen already: so that a new day is told once, and that turning to a room shows what was not
 * seen of it, and nothing twice.
 */
export class Transcript {
  readonly #me: string;
  readonly #eventLines: EventLines;
  readonly #tellsDays: boolean;
  readonly #printed = new Map<string, number>();
  #day: string | undefined;

  constructor(me: string, eventLines: EventLines, tellsDays: boolean) {
    this.#me = me;
    this.#eventLines = eventLines;
    this.#tellsDays = tellsDays;
  }

  /** The lines of an event that has just come, with a line for the day where it is a new one. */
  add(room: string, event: ShownEvent, here: boolean): readonly Line[] {
    if (event.seq <= (this.#printed.get(room) ?? 0)) return [];
    this.#printed.set(room, event.seq);
    const lines = this.#eventLines(event, { me: this.#me, room, here });
    const day = dayText(event.time);
    if (day === this.#day || !this.#tellsDays) return lines;
    this.#day = day;
    return [dayLine(event.time), ...lines];
  }

  /** What was not printed yet of a room that the person turns to: at most `eventsMax` events, the newest. */
  catchUp(room: RoomModel, eventsMax: number): readonly Line[] {
    const printed = this.#printed.get(room.name) ?? 0;
    const missing = room.events.filter(({ seq }) => seq > printed);
    const shown = missing.slice(-Math.max(1, eventsMax));
    const firstUnread = shown.find((event) => this.#isUnread(event, room.read))?.seq;
    const left = missing.length - shown.length;
    const lines: Line[] = left === 0 ? [] : [[span(`  ${left} earlier ones: /history shows them`, "dim")]];
    for (const event of shown) {
      const eventLines = this.add(room.name, event, true);
      lines.push(...event.seq === firstUnread ? [unreadLine(unreadText(room)), ...eventLines] : eventLines);
    }
    return lines;
  }

  /** A stretch of a room's past, which changes nothing of what counts as printed. */
  past(room: string, events: readonly ShownEvent[]): readonly Line[] {
    const past = new Transcript(this.#me, this.#eventLines, this.#tellsDays);
    return events.flatMap((event) => past.add(room, event, true));
  }

  /** The room will be shown anew from its beginning. */
  forget(room: string): void {
    this.#printed.delete(room);
  }

  #isUnread(event: ShownEvent, read: number): boolean {
    return event.type === "message" && event.from !== this.#me && event.seq > read;
  }
}

/** `3`, or `50+` where there may be further ones. */
export function unreadText({ unread, unreadMore }: Pick<RoomModel, "unread" | "unreadMore">): string {
  return unreadMore ? `${unread}+` : String(unread);
}
