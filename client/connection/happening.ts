import type { ErrorCode, Role, Signal } from "../../shared/protocol/mod.ts";
import type { Presence, Profile, ShownEvent } from "../model/mod.ts";

/** What a face may want to show. The model has changed already when it is told. */
export type Happening =
  /** A session is open, the first one or one after a loss. The model says whether it is confined. */
  | { readonly kind: "connected" }
  /** The connection is gone, and will be tried again after so many milliseconds. */
  | { readonly kind: "lost"; readonly reason: string; readonly retryInMs: number }
  /** It is over, and nothing will be tried again. Without a reason, it was closed from here. */
  | { readonly kind: "ended"; readonly reason?: string | undefined; readonly code?: ErrorCode | undefined }
  /**
   * An event to show: each exactly once, in each room by rising `seq`. `live` = it happened just now; otherwise it was
   * fetched from the room's history.
   */
  | {
    readonly kind: "event";
    readonly room: string;
    readonly event: ShownEvent;
    readonly live: boolean;
  }
  /** All that was missing in this room was shown: when it was opened, and after each gap. */
  | { readonly kind: "caught_up"; readonly room: string }
  /** So many events of this room are not shown, since too many were missing: `history` has them. */
  | { readonly kind: "skipped"; readonly room: string; readonly missing: number }
  /** The server knows less of this room than was shown already, as after a restored backup: it is shown anew. */
  | { readonly kind: "reset"; readonly room: string }
  /** One became a member of a room (by any terminal), or is none any more. */
  | { readonly kind: "entered"; readonly room: string }
  | { readonly kind: "gone"; readonly room: string }
  /** `before` is undefined where it was not known. */
  | {
    readonly kind: "presence";
    readonly username: string;
    readonly status: Presence;
    readonly before: Presence | undefined;
  }
  /** One's own role is another one. */
  | { readonly kind: "role"; readonly role: Role }
  /** Something happened to one's account that one should know. `time` is in milliseconds since the Unix epoch. */
  | {
    readonly kind: "alert";
    readonly about: Signal<"alert">["about"];
    readonly device?: string | undefined;
    readonly time: number;
  }
  /** What is unread of this room, or how it is to be notified of, is told otherwise than before: look at the model. */
  | { readonly kind: "standing"; readonly room: string }
  /** Somebody tells something else of themselves. */
  | { readonly kind: "profile"; readonly profile: Profile }
  /** Somebody is writing, for so many milliseconds at most. */
  | {
    readonly kind: "typing";
    readonly room: string;
    readonly username: string;
    readonly thread?: number | undefined;
    readonly forMs: number;
  }
  /** Another session keeps an unsent text for this room or this thread; an empty one keeps none. */
  | {
    readonly kind: "draft";
    readonly room: string;
    readonly thread?: number | undefined;
    readonly text: string;
  }
  /** A message in the outbox waits, since the server does not take it just now. */
  | { readonly kind: "waiting"; readonly room: string; readonly reason: string; readonly retryInMs: number }
  /** Messages cannot be kept on the disk of this machine. They are sent all the same. Told once. */
  | { readonly kind: "unkept"; readonly reason: string };
