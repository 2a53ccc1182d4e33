/** Finding messages by their words. */
import {
  type Answer,
  encodedBytes,
  limits,
  Refusal,
  type Request,
  type RoomEvent,
} from "../../shared/protocol/mod.ts";
import { phrasesIn, type SearchWish } from "../store/mod.ts";
import type { Guest } from "./guest.ts";
import type { Hub } from "./hub.ts";
import { horizonOf, isOver } from "./lifetimes.ts";
import { membershipOf } from "./membership.ts";
import { cutPage } from "./page.ts";
import { personKnownTo } from "./people_named.ts";
import type { Room } from "./room.ts";
import { whenSettled } from "./settled.ts";
import { showEvents } from "./shown_events.ts";

/** How long a search looks on, in milliseconds, before it tells what it has: others wait meanwhile. */
const searchMs = 15;

/** Finds messages in the rooms that the account is in, the newest first. */
export function search(hub: Hub, guest: Guest, request: Request<"search">): void {
  if (request.room !== undefined) membershipOf(guest.account, request.room);
  const wish = wishOf(hub, guest, request);
  const { store } = hub;
  whenSettled(hub, () => {
    hub.indexing.catchUp();
    const rooms = roomsToSearch(guest, request.room);
    const { hits, next } = findHits(hub, rooms, wish, request.limit ?? limits.searchResultsDefault);
    const { items, more } = cutPage(showHits(hub, hits), hits.length);
    guest.answer({
      type: "search",
      re: request.id,
      results: items,
      next: more ? hits[items.length - 1]?.number : next,
      indexed: !store.search.isBehind(),
    });
  });
}

type Wish = Omit<SearchWish, "roomIds">;

function wishOf(hub: Hub, guest: Guest, request: Request<"search">): Wish {
  const { text, room, from, has: feature, after, until, before } = request;
  if (text === undefined && room === undefined && from === undefined && feature === undefined) {
    throw new Refusal(
      "bad_request",
      'Say what to look for: at least one of "text", "room", "from" and "has"',
    );
  }
  const phrases = text === undefined ? [] : phrasesOf(text);
  const accountId = from === undefined ? undefined : personKnownTo(hub, guest.account, from).id;
  return { phrases, accountId, feature, after, until, before };
}

function phrasesOf(text: string): string[][] {
  const phrases = phrasesIn(text);
  if (phrases.length === 0) {
    throw new Refusal("text_invalid", `There is no word in "${text}" that could be looked for`);
  }
  if (phrases.flat().length > limits.searchWords) {
    throw new Refusal(
      "text_invalid",
      `That is too much at once. Look for ${limits.searchWords} words or fewer`,
    );
  }
  return phrases;
}

/** The rooms by their ids. Somebody may have been removed since they asked. */
function roomsToSearch({ account }: Guest, roomName: string | undefined): ReadonlyMap<number, Room> {
  const memberships = roomName === undefined
    ? [...account.memberships.values()]
    : [account.memberships.get(roomName)].filter((membership) => membership !== undefined);
  return new Map(memberships.map(({ room }) => [room.row.id, room]));
}

interface Hit {
  readonly number: number;
  readonly room: Room;
  readonly seq: number;
  readonly thread: number | undefined;
}

/** At most `limit`; `next` is where to go on, if there may be more. */
function findHits(
  hub: Hub,
  rooms: ReadonlyMap<number, Room>,
  wish: Wish,
  limit: number,
): { readonly hits: readonly Hit[]; readonly next: number | undefined } {
  const { store, world: { clock } } = hub;
  const hits: Hit[] = [];
  let next: number | undefined;
  if (rooms.size === 0) return { hits, next };
  const roomIds = [...rooms.keys()];
  const end = clock.monotonic() + searchMs;
  store.search.mending(() => {
    for (const { number, message } of store.search.scan({ ...wish, roomIds })) {
      const room = message && rooms.get(message.roomId);
      if (message !== undefined && room !== undefined && !isOver(message, horizonOf(hub, room))) {
        hits.push({ ...message, number, room });
      }
      if (hits.length < limit && clock.monotonic() <= end) continue;
      next = number;
      break;
    }
  });
  return { hits, next };
}

type Result = Answer<"search">["results"][number];

/** A hit with the messages beside it. */
interface Scene extends Hit {
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** In the order of `hits`; where three together would be too long for a line, without what stands beside it. */
function showHits(hub: Hub, hits: readonly Hit[]): Result[] {
  const { search } = hub.store;
  const scenes = hits.map((hit) => ({ ...hit, ...search.neighbours(hit.room.row.id, hit.seq, hit.thread) }));
  const shown = new Map(
    [...Map.groupBy(scenes, ({ room }) => room)].map((
      [room, inRoom],
    ) => [room, showScenes(hub, room, inRoom)]),
  );
  return scenes.flatMap(({ room, seq, before, after }) => {
    const event = (seq: number | undefined) => {
      const found = seq === undefined ? undefined : shown.get(room)?.get(seq);
      // What stands beside it may be over.
      return found?.type === "message" && found.deleted ? undefined : found;
    };
    const message = event(seq);
    if (message === undefined) return [];
    const result = { room: room.name, message, before: event(before), after: event(after) };
    return encodedBytes(result) > limits.pageBytes ? { room: room.name, message } : result;
  });
}

/** The messages of a room that the scenes in it need, by `seq`. */
function showScenes(hub: Hub, room: Room, scenes: readonly Scene[]): Map<number, RoomEvent> {
  const seqs = new Set(scenes.flatMap(({ seq, before, after }) => [seq, before ?? seq, after ?? seq]));
  const rows = hub.store.events.listed(room.row.id, [...seqs]);
  return new Map(showEvents(hub, room, rows).map((event) => [event.seq, event]));
}
