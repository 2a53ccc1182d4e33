import type { World } from "../../shared/world/mod.ts";
import { Contents, Previews } from "../files/mod.ts";
import type { Change, Store } from "../store/mod.ts";
import { Accounts } from "./accounts.ts";
import { Drafts } from "./draft_places.ts";
import { FanOut } from "./fan_out.ts";
import { Indexing } from "./indexing.ts";
import { Journal } from "./journal.ts";
import { LastSeen } from "./last_seen.ts";
import { oldestLogin } from "./login_age.ts";
import type { PeopleNews } from "./people_news.ts";
import { type Policy, readPolicy } from "./policy.ts";
import { presenceNews } from "./presence.ts";
import { profileNews } from "./profile_news.ts";
import { type Records, recordsOn } from "./records.ts";
import { countsAsMade, type Room } from "./room.ts";
import { Rooms } from "./rooms.ts";
import { Unread } from "./unread.ts";
import { Uploads } from "./uploads.ts";

/** What an administrator decides about the hub. */
export interface HubSettings {
  readonly registration: "open" | "invite" | "closed";
  /** Whether only this machine can reach the server, so that the first to register may be the owner. */
  readonly loopbackOnly: boolean;
  /** The link that carries an invite's secret with the server's address and pin. */
  readonly inviteLink: (secret: string) => string;
  /** The link that carries a reset's secret with the server's address and pin. */
  readonly resetLink: (secret: string) => string;
  /** The link that carries a bot's token with the server's address and pin. */
  readonly botLink: (token: string) => string;
  /** Where a program may post what it has to say as a bot, up to the name of the room; undefined without a door for it. */
  readonly hookAddress: (token: string) => string | undefined;
  /** What people call the server; authenticator apps show it. */
  readonly serverName: () => string;
  /** Sessions that one account may have open at once. */
  readonly sessionsPerAccount: number;
  /** The largest file, and all files together, in bytes. */
  readonly fileBytesMax: number;
  readonly filesBytesMax: number;
  /** How long a busy server gathers changes for one commit, in milliseconds. */
  readonly gatherMs: number;
}

/** Everything that handlers work on. */
export interface Hub {
  readonly world: World;
  readonly settings: HubSettings;
  readonly store: Store;
  readonly accounts: Accounts;
  readonly rooms: Rooms;
  readonly journal: Journal;
  readonly fanOut: FanOut;
  readonly presence: PeopleNews;
  readonly profileNews: PeopleNews;
  /** Uses of invites that are decided and not yet on disk, by hash. */
  readonly pendingInvites: Map<string, number>;
  readonly records: Records;
  readonly lastSeen: LastSeen;
  readonly unread: Unread;
  readonly drafts: Drafts;
  readonly indexing: Indexing;
  readonly policy: Policy;
  readonly contents: Contents;
  readonly previews: Previews;
  readonly uploads: Uploads;
}

/** The room that every new account is in. */
export const firstRoom = "general";

/** `contents` are the bytes of the files that the store knows. */
export function openHub(store: Store, contents: Contents, settings: HubSettings, world: World): Hub {
  ensureFirstRoom(store, world);
  store.commit([{ kind: "tidy_up", loginsUsedBefore: oldestLogin(world.clock), time: world.clock.now() }]);
  const accounts = new Accounts(store.people.accounts(), store.people.withSecondFactor());
  const rooms = new Rooms(store.rooms.rooms());
  for (const { roomId, accountId, ...how } of store.rooms.memberships()) {
    const room = rooms.withId(roomId);
    if (room === undefined) throw new Error(`No room has the id ${roomId}`);
    room.members.add(accountId);
    accounts.withId(accountId).memberships.set(room.name, { room, ...how });
  }
  for (const { roomId, accountId } of store.rooms.bans()) rooms.withId(roomId)?.banned.add(accountId);
  for (const { roomId, accountId, byId } of store.rooms.mutes()) {
    rooms.withId(roomId)?.muted.set(accountId, byId);
  }
  for (const [id, profile] of store.people.profiles()) accounts.withId(id).profile = profile;
  for (const [id, scopes] of store.people.bots()) accounts.withId(id).scopes = scopes;
  for (const id of store.people.busy()) accounts.withId(id).busy = true;
  for (const id of store.people.deactivated()) accounts.withId(id).deactivated = true;
  for (const { row } of rooms.all()) {
    if (row.creatorId !== undefined && countsAsMade(row)) accounts.withId(row.creatorId).roomsMade++;
  }
  const fanOut = new FanOut();
  const journal = new Journal(store, fanOut, world.clock, world.log, settings.gatherMs);
  return {
    world,
    settings,
    store,
    accounts,
    rooms,
    journal,
    fanOut,
    presence: presenceNews(world.clock),
    profileNews: profileNews(world.clock),
    pendingInvites: new Map(),
    records: recordsOn(store, journal, world.log),
    lastSeen: new LastSeen(world.clock, journal),
    unread: new Unread(store, accounts, fanOut, world.clock),
    drafts: new Drafts(store),
    indexing: new Indexing(store, world.clock, world.log),
    policy: readPolicy(store),
    contents,
    previews: new Previews(world.clock, world.log),
    uploads: new Uploads(),
  };
}

function ensureFirstRoom(store: Store, world: World): void {
  if (store.rooms.rooms().some(({ name }) => name === firstRoom)) return;
  const room: Change = {
    kind: "room",
    room: {
      id: 1,
      name: firstRoom,
      kind: "standard",
      access: "public",
      topic: undefined,
      description: undefined,
      archived: false,
      retentionMs: undefined,
      held: false,
      creatorId: undefined,
    },
    time: world.clock.now(),
  };
  store.commit([room]);
}

/** The room that every new account is in. */
export function firstRoomOf(hub: Hub): Room {
  const room = hub.rooms.named(firstRoom);
  if (room === undefined) throw new Error(`The room "${firstRoom}" is missing`);
  return room;
}
