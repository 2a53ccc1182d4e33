/**
 * What a person can see, as plain data, and pure functions from one state of it to the next. Whether an event is
 * shown, and that it is shown once, is decided here. Imports `shared/protocol`.
 */
export { nextExpiry, withoutExpired } from "./expiry.ts";
export {
  type Me,
  type Model,
  newModel,
  type Presence,
  type Profile,
  withMe,
  withoutPeople,
  withoutPerson,
  withoutRoom,
  withPresence,
  withProfile,
  withRoom,
} from "./model.ts";
export {
  type Message,
  messageAt,
  messageIn,
  newRoom,
  roomEventsMax,
  type RoomFacts,
  type RoomModel,
  type ShownEvent,
  type ThreadModel,
} from "./room_model.ts";
export { roomLabel } from "./room_label.ts";
export { type PlacedEvent, skipTo, takeInOrder, type Taken, takeNewest, takePage } from "./take_events.ts";
export { heard, isCounted, isRead, means, spoke, stands, standsToThread } from "./unread.ts";
