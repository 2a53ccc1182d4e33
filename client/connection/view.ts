import type { Answer } from "../../shared/protocol/mod.ts";
import {
  isRead,
  type Me,
  type Model,
  newModel,
  newRoom,
  type Presence,
  type RoomModel,
  type ShownEvent,
  withMe,
  withoutPresence,
  withoutRoom,
  withPresence,
  withRoom,
} from "../model/mod.ts";
import type { Happening } from "./happening.ts";
import { Happenings } from "./happenings.ts";

type WelcomedRoom = Answer<"auth_success">["rooms"][number];

/** The model that is shown now, and the telling of each change of it: first the model changes, then it is told. */
export class View {
  readonly happenings: Happenings = new Happenings();
  #model: Model;

  constructor(me: Me) {
    this.#model = newModel(me);
  }

  get model(): Model {
    return this.#model;
  }

  room(name: string): RoomModel | undefined {
    return this.#model.rooms.get(name);
  }

  tell(happening: Happening): void {
    this.happenings.tell(happening);
  }

  unlinked(): void {
    this.#model = withoutPresence(this.#model);
  }

  put(room: RoomModel): void {
    this.#model = withRoom(this.#model, room);
  }

  enter(room: RoomModel): void {
    this.put(room);
    this.tell({ kind: "entered", room: room.name });
  }

  gone(room: string): void {
    if (!this.#model.rooms.has(room)) return;
    this.#model = withoutRoom(this.#model, room);
    this.tell({ kind: "gone", room });
  }

  show(room: string, events: readonly ShownEvent[], live: boolean): void {
    for (const event of events) this.tell({ kind: "event", room, event, live });
  }

  presence(username: string, status: Presence): void {
    if (this.#model.presence.get(username) === status) return;
    this.#model = withPresence(this.#model, [[username, status]]);
    this.tell({ kind: "presence", username, status });
  }

  /** What was asked for is no news, and is not told. */
  presences(people: Iterable<readonly [string, Presence]>): void {
    this.#model = withPresence(this.#model, people);
  }

  read(name: string, seq: number): void {
    const room = this.room(name);
    if (room === undefined || seq <= room.read) return;
    this.put(isRead(room, seq, this.#model.me.username));
    this.tell({ kind: "read", room: name, seq });
  }

  /** What the server says of oneself, or what one has brought about oneself. */
  me(me: Partial<Me>): void {
    this.#model = withMe(this.#model, me);
  }

  /** A session is open. What the server says of the rooms holds; what of them is new here is not fetched yet. */
  welcome(welcome: Answer<"auth_success">, resumed: boolean): void {
    this.me({ ...welcome.user, isConfined: welcome.confined });
    // That a confined session has no rooms does not mean that one is in none.
    const news = welcome.confined ? [] : [
      ...this.#dropMissing(welcome),
      ...welcome.rooms.flatMap((room) => this.#update(room, resumed)),
    ];
    this.tell({ kind: "connected" });
    for (const happening of news) this.tell(happening);
  }

  #dropMissing({ rooms }: Answer<"auth_success">): Happening[] {
    const names = new Set(rooms.map(({ room }) => room));
    const missing = [...this.#model.rooms.keys()].filter((name) => !names.has(name));
    for (const name of missing) this.#model = withoutRoom(this.#model, name);
    return missing.map((room) => ({ kind: "gone", room }));
  }

  #update({ room: name, kind, access, topic, read, state }: WelcomedRoom, resumed: boolean): Happening[] {
    const about = { name, kind, access, topic };
    const held = this.room(name);
    if (held === undefined || state === "reset") {
      this.put(newRoom({ ...about, read }));
      return resumed ? [{ kind: held === undefined ? "entered" : "reset", room: name }] : [];
    }
    this.put(isRead({ ...held, ...about }, read, this.#model.me.username));
    return read > held.read ? [{ kind: "read", room: name, seq: read }] : [];
  }
}
