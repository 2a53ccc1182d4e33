import type { Presence, Role, Signal } from "../../shared/protocol/mod.ts";
import type { RoomModel } from "./room_model.ts";

/** Somebody's presence. Of whoever is not in the map nothing is known: ask `who`. */
export type { Presence };

/** People whose presence is remembered; of more, those that were heard of first. */
const presenceMax = 10_000;

/** What somebody tells of themselves. */
export type Profile = Omit<Signal<"profile">, "type">;

export interface Me {
  readonly username: string;
  readonly role: Role;
  /** Whether two-factor is on, as far as the server has told. */
  readonly twoFactor?: boolean | undefined;
  /** Whether one wants to be left alone. */
  readonly busy?: boolean | undefined;
  /** Whether the server demands two-factor first, so that there are no rooms until it is set up. */
  readonly isConfined?: boolean | undefined;
}

/** Everything a person can see now. Never changed: each step makes a new one. */
export interface Model {
  readonly me: Me;
  /** One's own rooms by name, in the order of names. */
  readonly rooms: ReadonlyMap<string, RoomModel>;
  readonly presence: ReadonlyMap<string, Presence>;
  /** What people were heard to tell of themselves since the connection was made, by name. */
  readonly profiles: ReadonlyMap<string, Profile>;
}

export function newModel(me: Me): Model {
  return { me, rooms: new Map(), presence: new Map(), profiles: new Map() };
}

export function withMe(model: Model, me: Partial<Me>): Model {
  return { ...model, me: { ...model.me, ...me } };
}

/** What is known of people's presence and profiles ends with the connection: what they change meanwhile is not told. */
export function withoutPeople(model: Model): Model {
  return { ...model, presence: new Map(), profiles: new Map() };
}

export function withoutPerson(model: Model, username: string): Model {
  const presence = new Map(model.presence), profiles = new Map(model.profiles);
  presence.delete(username);
  profiles.delete(username);
  return { ...model, presence, profiles };
}

/** Adds the room, or puts it in the place of the one of the same name. */
export function withRoom(model: Model, room: RoomModel): Model {
  const isNew = !model.rooms.has(room.name);
  const rooms = new Map(model.rooms).set(room.name, room);
  return { ...model, rooms: isNew ? new Map([...rooms].sort(byName)) : rooms };
}

export function withoutRoom(model: Model, name: string): Model {
  const rooms = new Map(model.rooms);
  rooms.delete(name);
  return { ...model, rooms };
}

/** Takes in what an answer tells of many people as readily as what is told of one. */
export function withPresence(model: Model, people: Iterable<readonly [string, Presence]>): Model {
  const presence = new Map(model.presence);
  for (const [username, status] of people) {
    if (presence.has(username) || presence.size < presenceMax) presence.set(username, status);
  }
  return { ...model, presence };
}

/** Remembers as many as of presence. */
export function withProfile(model: Model, profile: Profile): Model {
  const { profiles } = model;
  if (!profiles.has(profile.username) && profiles.size >= presenceMax) return model;
  return { ...model, profiles: new Map(profiles).set(profile.username, profile) };
}

function byName([one]: readonly [string, RoomModel], [other]: readonly [string, RoomModel]): number {
  return one < other ? -1 : 1;
}
