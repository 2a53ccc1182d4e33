/** Frames in which every string is meant to do something to the terminal that shows it. */
import {
  type Answer,
  answerFrames,
  type AnswerType,
  type Fields,
  type Push,
  roomEventFrames,
  roomEventTypes,
  type Signal,
  signalFrames,
  type SignalType,
} from "../../shared/protocol/mod.ts";

/** Reads otherwise than it is written, or hides. */
const invisible = "\u202e\u202a\u2066\u2069\u200e\u200f\u061c\u200b\u200d\u2060\ufeff\u00ad";

/** Clears the screen, sets the clipboard (OSC 52), makes a link (OSC 8), a title, a string (DCS), and speaks C1. */
const controls = "\x1b[666J\x1b]52;c;ZXZpbA==\x07\x1b]8;;http://evil/\x1b\\\x1b]0;evil\x07\x1bPevil\x1b\\" +
  "\x9b666J\x9d0;evil\x9c\x85\x00\x08\x7f\r";

/** A message may hold no control characters: a client hangs up on a server that sends one. */
export const hostileText = `evil${invisible}words`;

export const hostileName = `evil${controls}${invisible}name`;

/** What a terminal would act on, and no part of what this program writes by itself. */
export const acting = new RegExp(
  [
    // Any sequence but those that edit a line, colour it, and ask for pastes to be marked.
    String.raw`\x1b(?!\[(?:\?2004[hl]|(?:\d{1,3}(?:;\d{1,3})*)?[A-DGJKm]))`,
    String.raw`\x1b\[666`,
    String.raw`[\x00-\x09\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f]`,
    String.raw`[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]`,
  ].join("|"),
  "u",
);

/** Where a frame holds an event. */
const hostileMessage = {
  type: "message",
  seq: 1,
  from: hostileName,
  text: hostileText,
  quote: 1,
  reactions: [{ emoji: hostileName, from: [hostileName] }],
  files: [{ file: hostileName, name: hostileName, size: 7 }],
};

export function hostileAnswer(type: AnswerType, re: string): Answer {
  return { ...hostileFields(answerFrames[type].fields), type, re } as Answer;
}

export function hostileSignal(type: SignalType): Signal {
  return { ...hostileFields(signalFrames[type].fields), type } as Signal;
}

/** Each kind of event in this room, from this `seq` on. */
export function hostilePushes(room: string, seq: number): readonly Push[] {
  return roomEventTypes.map((type, index) =>
    ({ ...hostileFields(roomEventFrames[type].fields), type, room, seq: seq + index, time: 1 }) as Push
  );
}

function hostileFields(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      const parts = field.parts && hostileFields(field.parts);
      const event = { ...hostileMessage, time: 1 };
      const candidates = [
        hostileName,
        [hostileName],
        hostileText,
        7,
        true,
        parts,
        [parts],
        event,
        [event],
        [],
      ];
      const taken = candidates.find((candidate) => candidate !== undefined && isTaken(field, candidate));
      return [name, taken];
    }),
  );
}

function isTaken(field: Fields[string], candidate: unknown): boolean {
  try {
    field.read(candidate, "");
    return true;
  } catch {
    return false;
  }
}
