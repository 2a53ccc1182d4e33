import { isCounted, messageAt, messageIn, type RoomModel, type ShownEvent } from "../model/mod.ts";
import { limits } from "../../shared/protocol/mod.ts";
import { dayText } from "./date_text.ts";
import { dayLine, rootOf, unreadLine } from "./event_lines.ts";
import type { EventLines, EventView } from "./event_view.ts";
import { type Line, span } from "./styled_line.ts";

/** The room that an event is of, and from where it is looked at. */
export interface Place extends Pick<EventView, "label" | "here"> {
  readonly room: RoomModel;
}

type FoundPlace = Place & Partial<Pick<EventView, "find">>;

/**
 * What stands on the screen already: so that a new day is told once, and that turning to a room shows what was not
 * seen of it, and nothing twice.
 */
export class Transcript {
  readonly #me: string;
  readonly #eventLines: EventLines;
  readonly #tellsDays: boolean;
  readonly #printed = new Map<string, number>();
  /** Up to where it was printed while the person looked at the room. */
  readonly #placed = new Map<string, number>();
  #day: string | undefined;
  /** The room and the thread of the message that stands lowest. */
  #above: { readonly room: string; readonly thread: number } | undefined;

  constructor(me: string, eventLines: EventLines, tellsDays: boolean) {
    this.#me = me;
    this.#eventLines = eventLines;
    this.#tellsDays = tellsDays;
  }

  /** The lines of an event that has just come, with a line for the day where it is a new one. */
  add(event: ShownEvent, place: Place): readonly Line[] {
    const { name } = place.room;
    if (event.seq <= (this.#printed.get(name) ?? 0)) return [];
    this.#printed.set(name, event.seq);
    if (place.here) this.#placed.set(name, event.seq);
    return this.#linesOf(event, place, false);
  }

  /**
   * What was not printed yet of a room that the person turns to, or was while they looked at another and is not read:
   * at most `eventsMax` events, the newest.
   */
  catchUp(place: Place, eventsMax: number): readonly Line[] {
    const { room } = place;
    const seen = Math.max(
      this.#placed.get(room.name) ?? 0,
      Math.min(this.#printed.get(room.name) ?? 0, room.read),
    );
    const missing = room.events.filter(({ seq }) => seq > seen);
    const shown = missing.slice(-Math.max(1, eventsMax));
    const firstUnread = shown.find((event) => event.seq > room.read && isCounted(event, this.#me))?.seq;
    const left = missing.length - shown.length;
    const lines: Line[] = left === 0 ? [] : [[span(`  ${left} earlier ones: /history shows them`, "dim")]];
    for (const event of shown) {
      const eventLines = this.#linesOf(event, place, false);
      lines.push(...event.seq === firstUnread ? [unreadLine(unreadText(room)), ...eventLines] : eventLines);
    }
    const last = shown.at(-1);
    if (last !== undefined) {
      this.#printed.set(room.name, last.seq);
      this.#placed.set(room.name, last.seq);
    }
    return lines;
  }

  /** A stretch of a room's past, which changes nothing of what counts as printed. */
  past(events: readonly ShownEvent[], place: Place): readonly Line[] {
    const past = new Transcript(this.#me, this.#eventLines, this.#tellsDays);
    const find = (seq: number) => messageIn(events, seq) ?? messageAt(place.room, seq);
    return events.flatMap((event) => past.#linesOf(event, { ...place, here: true, find }, true));
  }

  /** The room will be shown anew from its beginning. */
  forget(room: string): void {
    this.#printed.delete(room);
    this.#placed.delete(room);
  }

  #linesOf(event: ShownEvent, { room, label, here, find }: FoundPlace, isAsked: boolean): readonly Line[] {
    const lines = this.#eventLines(event, {
      me: this.#me,
      label,
      here,
      isAsked,
      above: this.#above?.room === room.name ? this.#above.thread : undefined,
      find: find ?? ((seq) => messageAt(room, seq)),
    });
    const thread = rootOf(event);
    if (thread !== undefined) this.#above = { room: room.name, thread };
    const day = dayText(event.time);
    if (day === this.#day || !this.#tellsDays || lines.length === 0) return lines;
    this.#day = day;
    return [dayLine(event.time), ...lines];
  }
}

/** `3 unread`, `100+ unread, 2 for you`. */
export function unreadText({ unread, mentions }: Pick<RoomModel, "unread" | "mentions">): string {
  return mentions === 0 ? `${most(unread)} unread` : `${most(unread)} unread, ${most(mentions)} for you`;
}

/** The server counts no further. */
function most(count: number): string {
  return count < limits.unreadMax ? String(count) : `${count}+`;
}
