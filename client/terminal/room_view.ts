import type { Connection, Happening } from "../connection/mod.ts";
import type { RoomModel, ShownEvent } from "../model/mod.ts";
import { Company } from "./company.ts";
import { hintLine, resetLine, roomLines } from "./news_lines.ts";
import type { Stage } from "./stage.ts";
import type { Line } from "./styled_line.ts";
import { Transcript } from "./transcript.ts";

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
    this.#entered = undefined;
    this.#stage.refresh();
    if (room !== undefined && this.#fetched.has(room)) void this.#enter(room);
  }

  add({ room, event, live }: EventHappening): void {
    this.#company.note(room, event);
    const here = room === this.#room;
    if (!this.#isShownNow(room, here, live)) return;
    this.#stage.show(this.#transcript.add(room, event, here));
    if (here && this.#stage.hasAudience) this.#connection.markRead(room, event.seq);
  }

  caughtUp(room: string): void {
    this.#fetched.add(room);
    if (room === this.#room && this.#entered !== room) void this.#enter(room);
  }

  /** One is no longer a member of the room. */
  lose(room: string): void {
    this.#fetched.delete(room);
    this.#company.forget(room);
    this.#greeted.delete(room);
    if (room === this.#room) this.turnTo(firstRoom(this.#connection));
  }

  /** The room's events will come anew. */
  reset(room: string): void {
    this.#transcript.forget(room);
    this.#stage.remark([resetLine(room)]);
  }

  /** A stretch of a room's past, which the person asked for. */
  past(room: string, events: readonly ShownEvent[]): readonly Line[] {
    return this.#transcript.past(room, events);
  }

  /** With an audience, what does not come now comes with the room's past, when the person enters it. */
  #isShownNow(room: string, here: boolean, live: boolean): boolean {
    if (!this.#stage.hasAudience) return live || this.#fetched.has(room);
    return here ? this.#entered === room : this.#fetched.has(room);
  }

  async #enter(room: string): Promise<void> {
    if (!this.#stage.hasAudience) return;
    const members = await this.#company.count(room);
    const model = this.#connection.model().rooms.get(room);
    if (room !== this.#room || this.#entered === room || model === undefined) return;
    this.#entered = room;
    this.#stage.show([
      ...this.#greeting(model, members),
      ...this.#transcript.catchUp(model, this.#stage.pastLinesMax),
    ]);
    if (model.cursor !== undefined) this.#connection.markRead(room, model.cursor);
  }

  #greeting(room: RoomModel, members: number | undefined): readonly Line[] {
    const others = members === undefined ? undefined : members - 1;
    const lines = roomLines(room, this.#greeted.has(room.name) ? "In" : "Joined", others);
    const isFirst = this.#greeted.size === 0;
    this.#greeted.add(room.name);
    return isFirst ? [...lines, hintLine(this.#stage.hasKeys)] : lines;
  }
}

/** Where somebody talks who did not say where: in `general`, which everybody is in at first. */
export function firstRoom(connection: Connection): string | undefined {
  const { rooms } = connection.model();
  return rooms.has("general") ? "general" : rooms.keys().next().value;
}
