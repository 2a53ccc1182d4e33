/**
 * What a person can see, as plain data, and pure functions from one state of it to the next. Whether an event is
 * shown, and that it is shown once, is decided here. Imports `shared/protocol`.
 */
export {
  type Me,
  type Model,
  newModel,
  type Presence,
  withMe,
  withoutPresence,
  withoutRoom,
  withPresence,
  withRoom,
} from "./model.ts";
export { isRead, newRoom, roomEventsMax, type RoomModel, type ShownEvent } from "./room_model.ts";
export { type PlacedEvent, skipTo, takeInOrder, type Taken, takeNewest, takePage } from "./take_events.ts";
