import type { Connection, Happening } from "../connection/mod.ts";
import { isCounted, means, roomLabel, type RoomModel, type ShownEvent } from "../model/mod.ts";
import { Company } from "./company.ts";
import { hintLine, resetLine, roomLines } from "./news_lines.ts";
import type { Stage } from "./stage.ts";
import type { Line } from "./styled_line.ts";
import { type Place, Transcript } from "./transcript.ts";

type EventHappening = Extract<Happening, { kind: "event" }>;

/** What is seen of the rooms: the one that the person talks in with its past, and of the others what is said now. */
export class RoomView {
  readonly #connection: Connection;
  readonly #stage: Stage;
  readonly #transcript: Transcript;
  /** Rooms of which everything up to now has been fetched. */
  readonly #fetched = new Set<string>();
  readonly #company: Company;
  readonly #greeted = new Set<string>();
  readonly #keptUnread = new Set<string>();
  /** Rooms that the person came into while they were here, and what they had read of them by then. */
  readonly #newlyIn = new Map<string, number>();
  #room: string | undefined;
  /** The room whose past has been shown, so that what comes now has its place below it. */
  #entered: string | undefined;

  constructor(connection: Connection, stage: Stage) {
    this.#connection = connection;
    this.#stage = stage;
    this.#company = new Company(connection);
    this.#transcript = new Transcript(connection.model().me.username, stage.eventLines, stage.hasAudience);
  }

  /** The room that the person talks in. */
  get room(): string | undefined {
    return this.#room;
  }

  /** Whether its past is shown already. */
  get isEntered(): boolean {
    return this.#room !== undefined && this.#entered === this.#room;
  }

  /** Who is in that room, as far as it is known. */
  get company(): ReadonlySet<string> {
    return this.#company.of(this.#room ?? "");
  }

  turnTo(room: string | undefined): void {
    this.#room = room;
    if (room !== undefined) this.#keptUnread.delete(room);
    this.#entered = undefined;
    this.#stage.refresh();
    if (room !== undefined && this.#fetched.has(room)) void this.#enter(room);
  }

  add({ room, event, live }: EventHappening): void {
    this.#company.note(room, event);
    const here = room === this.#room;
    const isNew = live || this.#isSince(room, event);
    if (!this.#isShownNow(room, here, isNew) || !(here || this.#isWanted(room, event))) return;
    const place = this.#placeOf(room);
    if (place !== undefined) this.#stage.show(this.#transcript.add(event, place));
    if (isNew && this.#isForMe(room, event)) this.#stage.ring();
    if (here) this.#markRead(room, event.seq);
  }

  /** Whoever becomes a member is taken to have read up to that, and hears of it all the same. */
  #isSince(room: string, { seq, type }: EventHappening["event"]): boolean {
    const since = this.#newlyIn.get(room) ?? Infinity;
    return seq > since || (seq === since && type === "joined");
  }

  /** One has become a member of the room: what happens from then on is news, also where it has to be fetched first. */
  entered(room: string): void {
    this.#newlyIn.set(room, this.#connection.model().rooms.get(room)?.read ?? 0);
  }

  caughtUp(room: string): void {
    this.#fetched.add(room);
    if (room === this.#room && this.#entered !== room) void this.#enter(room);
  }

  /** One is no longer a member of the room. */
  lose(room: string): void {
    this.#fetched.delete(room);
    this.#newlyIn.delete(room);
    this.#company.forget(room);
    this.#greeted.delete(room);
    if (room === this.#room) this.turnTo(firstRoom(this.#connection));
  }

  /** The room's events will come anew. */
  reset(room: string): void {
    this.#transcript.forget(room);
    this.#stage.remark([resetLine(roomLabel(this.#connection.model(), room))]);
  }

  /** A stretch of a room's past, which the person asked for. */
  past(room: string, events: readonly ShownEvent[]): readonly Line[] {
    const place = this.#placeOf(room);
    return place === undefined ? [] : this.#transcript.past(events, place);
  }

  /** The person has marked the room as unread: it stays so until they turn to it again, whatever comes. */
  keepUnread(room: string): void {
    this.#keptUnread.add(room);
  }

  /** With an audience, what does not come now comes with the room's past, when the person enters it. */
  #isShownNow(room: string, here: boolean, isNew: boolean): boolean {
    if (!this.#stage.hasAudience) return isNew || this.#fetched.has(room);
    if (here) return this.#entered === room;
    return this.#fetched.has(room) || (isNew && this.#newlyIn.has(room));
  }

  async #enter(room: string): Promise<void> {
    if (!this.#stage.hasAudience) return;
    const members = await this.#company.count(room);
    const model = this.#connection.model().rooms.get(room);
    const place = this.#placeOf(room);
    if (room !== this.#room || this.#entered === room || model === undefined || place === undefined) return;
    this.#entered = room;
    this.#stage.show([
      ...this.#greeting(model, members),
      ...this.#transcript.catchUp(place, this.#stage.pastLinesMax),
    ]);
    if (model.cursor !== undefined) this.#markRead(room, model.cursor);
  }

  #markRead(room: string, seq: number): void {
    if (this.#stage.hasAudience && !this.#keptUnread.has(room)) this.#connection.markRead(room, seq);
  }

  #placeOf(name: string): Place | undefined {
    const model = this.#connection.model();
    const room = model.rooms.get(name);
    return room && { room, label: roomLabel(model, name), here: name === this.#room };
  }

  /** Of a room that the person does not talk in, they see what they want to be notified of. */
  #isWanted(name: string, event: ShownEvent): boolean {
    if (!this.#stage.hasAudience) return true;
    const { me, rooms } = this.#connection.model();
    const level = rooms.get(name)?.level;
    if (level === "all") return isTold(event, me.username);
    return level === "mentions" && means(event, me.username);
  }

  #isForMe(name: string, event: ShownEvent): boolean {
    const { me, rooms } = this.#connection.model();
    const room = rooms.get(name);
    if (room === undefined || room.level === "nothing" || me.busy) return false;
    const isDirect = room.access === "direct" && room.level === "all" && isCounted(event, me.username);
    return isDirect || means(event, me.username);
  }

  #greeting(room: RoomModel, members: number | undefined): readonly Line[] {
    const others = members === undefined ? undefined : members - 1;
    const label = roomLabel(this.#connection.model(), room.name);
    const lines = roomLines(room, label, this.#greeted.has(room.name) ? "In" : "Joined", others);
    const isFirst = this.#greeted.size === 0;
    this.#greeted.add(room.name);
    return isFirst ? [...lines, hintLine(this.#stage.hasKeys)] : lines;
  }
}

/** Whether it is worth a line to somebody who is busy elsewhere: who came, and what was put to what, is not. */
function isTold(event: ShownEvent, me: string): boolean {
  return ["message", "edited", "deleted", "changed"].includes(event.type) ||
    ("username" in event && event.username === me);
}

/** Where somebody talks who did not say where: in `general`, which everybody is in at first. */
export function firstRoom(connection: Connection): string | undefined {
  const { rooms } = connection.model();
  return rooms.has("general") ? "general" : rooms.keys().next().value;
}
