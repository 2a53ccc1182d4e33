/** A client's model beside what the server answers to somebody who comes in anew. */
import assert from "node:assert/strict";
import type { Model, RoomModel } from "../../client/model/mod.ts";
import type { Frame } from "./line_client.ts";
import type { RoomAnswers, ServerAnswers } from "./server_answers.ts";

/** Throws where a model differs from the answers. */
export function assertSameModel(model: Model, answers: ServerAnswers): void {
  assert.deepEqual(plain(told(model, answers)), plain(expected(model, answers)));
}

/** All that a model holds and the server may be asked for. */
function told(model: Model, answers: ServerAnswers): Frame {
  const { me, rooms, presence, profiles } = model;
  return {
    me: { ...me, twoFactor: me.twoFactor || undefined, busy: me.busy || undefined, isConfined: undefined },
    rooms: mapped(rooms, (room) => ({
      ...room,
      archived: room.archived ?? false,
      held: room.held ?? false,
      threads: undefined,
    })),
    threads: mapped(
      rooms,
      ({ threads }) => Object.fromEntries([...threads].map(([seq, thread]) => [seq, standing(thread)])),
    ),
    presence: Object.fromEntries([...presence].filter(([name]) => answers.profiles.has(name))),
    profiles: Object.fromEntries([...profiles].filter(([name]) => answers.profiles.has(name))),
  };
}

/**
 * Of somebody's presence, of threads and of profiles a model holds what it has heard of since its connection was made, and
 * of people with whom one shares no room any more nothing is told: what is held must be right.
 */
function expected(model: Model, { user, rooms, profiles }: ServerAnswers): Frame {
  const status = new Map(
    [...rooms.values()].flatMap(({ users }) =>
      users.map(({ username, status }) => [username, status] as const)
    ),
  );
  return {
    me: { ...user, busy: user.busy || undefined },
    rooms: Object.fromEntries([...rooms].map(([name, room]) => [name, roomIn(room, model.rooms.get(name))])),
    threads: mapped(
      model.rooms,
      ({ name, threads }) =>
        Object.fromEntries(
          [...threads.keys()].map((seq) => [seq, standing(rooms.get(name)?.threads.get(seq))]),
        ),
    ),
    presence: Object.fromEntries(
      [...model.presence.keys()].filter((name) => status.has(name)).map((name) => [name, status.get(name)]),
    ),
    profiles: Object.fromEntries(
      [...model.profiles.keys()].filter((name) => profiles.has(name)).map((
        name,
      ) => [name, profiles.get(name)]),
    ),
  };
}

/** A description is not told when one comes in: of whoever has not heard or asked, it is not in the model. */
function roomIn({ facts, about, history }: RoomAnswers, held: RoomModel | undefined): Frame {
  const { room, seq, standing = "member", level = "all", unread = 0, mentions = 0, archived = false } = facts;
  const { kind, access, topic, people, read, held: isHeld = false, retentionMs } = facts;
  const description = held?.description === undefined ? undefined : about.description;
  const since = held?.since ?? 0;
  return {
    ...{ name: room, kind, access, topic, description, people, standing, level, read, unread, mentions },
    ...{
      archived,
      held: isHeld,
      retentionMs,
      cursor: seq,
      since,
      counted: held?.counted,
      stoodAt: held?.stoodAt,
    },
    events: history.filter((event) => event.seq >= since),
  };
}

/** New replies are counted in threads that one follows: of the others, how many are unread is told when it is asked for. */
function standing({ following, read, unread }: Frame = {}): Frame {
  return { following, read, unread: following ? unread : undefined };
}

function mapped(rooms: ReadonlyMap<string, RoomModel>, what: (room: RoomModel) => unknown): Frame {
  return Object.fromEntries([...rooms].map(([name, room]) => [name, what(room)]));
}

/** Without what is not there. */
function plain(value: unknown): Frame {
  return JSON.parse(JSON.stringify(value));
}
