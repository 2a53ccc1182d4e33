import {
  limits,
  type Push,
  type Signal,
  signalFrames,
  type UnknownFrame,
} from "../../shared/protocol/mod.ts";
import { profileOf, threadOf } from "./learn.ts";
import type { Unasked } from "./session.ts";
import type { View } from "./view.ts";

type UnaskedSignal = Exclude<Unasked, Push | UnknownFrame>;

export function isSignal(frame: Unasked): frame is UnaskedSignal {
  return frame.type !== "unknown" && Object.hasOwn(signalFrames, frame.type);
}

/** What the server says in passing goes into the model, or is only told. */
export function takeSignal(view: View, signal: UnaskedSignal): void {
  switch (signal.type) {
    case "presence":
      return present(view, signal);
    case "unread":
      return view.stands(signal);
    case "thread":
      return view.standsToThread(signal.room, signal.seq, threadOf(signal));
    case "level":
      return view.level(signal.room, signal.level);
    case "draft":
      return view.tell({ kind: "draft", room: signal.room, thread: signal.thread, text: signal.text });
    case "typing":
      return view.tell({ ...signal, kind: "typing", forMs: limits.typingMs });
    case "profile":
      return view.profile(profileOf(signal));
    case "role":
      view.me({ role: signal.role });
      return view.tell({ kind: "role", role: signal.role });
    case "alert":
      return view.tell({ kind: "alert", about: signal.about, device: signal.device, time: signal.time });
  }
}

/** Of oneself one is told that another device says one is busy. */
function present(view: View, { username, status }: Signal<"presence">): void {
  if (username === view.model.me.username) view.me({ busy: status === "busy" });
  else view.presence(username, status);
}
