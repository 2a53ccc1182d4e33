import type { Answer, Level, Signal } from "../../shared/protocol/mod.ts";
import {
  heard,
  isRead,
  type Me,
  type Message,
  type Model,
  newModel,
  newRoom,
  type PlacedEvent,
  type Presence,
  type Profile,
  type RoomFacts,
  type RoomModel,
  type ShownEvent,
  spoke,
  stands,
  standsToThread,
  type ThreadModel,
  withMe,
  withoutPeople,
  withoutPerson,
  withoutRoom,
  withPresence,
  withProfile,
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
    this.#model = withoutPeople(this.#model);
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
    // Of those who were there no more is told, unless they are in another room, too: what is known may be wrong soon.
    this.#model = withoutPeople(withoutRoom(this.#model, room));
    this.tell({ kind: "gone", room });
  }

  show(room: string, events: readonly ShownEvent[], live: boolean): void {
    for (const event of events) this.tell({ kind: "event", room, event, live });
  }

  presence(username: string, status: Presence): void {
    const before = this.#model.presence.get(username);
    if (before === status) return;
    this.#model = withPresence(this.#model, [[username, status]]);
    this.tell({ kind: "presence", username, status, before });
  }

  /** What was asked for is no news, and is not told. */
  presences(people: readonly (readonly [string, Presence])[]): void {
    this.#model = withPresence(
      this.#model,
      people.filter(([username]) => username !== this.#model.me.username),
    );
  }

  /** Somebody has left a room, which may have been the last one that they shared: then no more of them is told. */
  parted(username: string): void {
    this.#model = withoutPerson(this.#model, username);
  }

  /** The person has read everything up to `seq`. False if that is nothing new. */
  read(name: string, seq: number): boolean {
    return this.#change(name, (room) => isRead(room, seq, this.#model.me.username));
  }

  /** Something was pushed; it may be shown later. */
  heard(name: string, event: PlacedEvent): void {
    this.#change(name, (room) => heard(room, event, this.#model.me.username));
  }

  /** One's own message was stored. */
  spoke(name: string, message: Message): void {
    this.#change(name, (room) => spoke(room, message, this.#model.me.username));
  }

  stands({ room: name, ...count }: Omit<Signal<"unread">, "type">): void {
    this.#change(name, (room) => stands(room, count));
  }

  standsToThread(name: string, seq: number, thread: ThreadModel): void {
    this.#change(name, (room) => standsToThread(room, seq, thread));
  }

  level(name: string, level: Level): void {
    this.#change(name, (room) => ({ ...room, level }));
  }

  /** One has made the room. */
  moderates(name: string): void {
    this.#change(name, (room) => ({ ...room, standing: "moderator" }));
  }

  /** One has opened a direct conversation with these people: what it is called is known before anything of it is fetched. */
  talksWith(name: string, others: readonly string[]): void {
    const people = [this.#model.me.username, ...others];
    this.#change(name, (room) => room.people === undefined ? { ...room, access: "direct", people } : room);
  }

  /** What an answer says of rooms that one is in. */
  about(rooms: Answer<"rooms">["rooms"]): void {
    for (const { room: name, standing = "member", ...about } of rooms) {
      const { kind, access, topic, description, archived, held, retentionMs, people } = about;
      const facts = { kind, access, topic, description, archived, held, retentionMs, people, standing };
      this.#change(name, (room) => ({ ...room, ...facts }));
    }
  }

  profile(profile: Profile): void {
    this.#model = withProfile(this.#model, profile);
    this.tell({ kind: "profile", profile });
  }

  #change(name: string, change: (room: RoomModel) => RoomModel): boolean {
    const room = this.room(name);
    const changed = room && change(room);
    if (room === changed || changed === undefined) return false;
    this.put(changed);
    this.tell({ kind: "standing", room: name });
    return true;
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

  #update(welcomed: WelcomedRoom, resumed: boolean): Happening[] {
    const { room: name, seq } = welcomed;
    const facts = factsOf(welcomed);
    const held = this.room(name);
    // The server tells `reset` only of cursors that it was told.
    if (held === undefined || (held.cursor ?? 0) > seq) {
      this.put(newRoom(facts));
      return resumed ? [{ kind: held === undefined ? "entered" : "reset", room: name }] : [];
    }
    this.put({ ...held, ...facts, threads: new Map() });
    return [{ kind: "standing", room: name }];
  }
}

/** What is as usual is left out in the answer, and all that came up to its `seq` is counted in it. */
function factsOf({ room: name, seq, state: _state, ...facts }: WelcomedRoom): RoomFacts {
  const { standing = "member", level = "all", unread = 0, mentions = 0, archived = false } = facts;
  const { held = false, retentionMs } = facts;
  const counts = { counted: seq, unread, mentions };
  return { ...facts, ...counts, name, stoodAt: seq, standing, level, archived, held, retentionMs };
}
