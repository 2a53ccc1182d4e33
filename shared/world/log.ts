import type { Clock } from "./clock.ts";

/** What an event carries. Never a password, token, invite or message text. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export type LogFormat = "text" | "json";

/** One line an event: a name in snake_case, and fields. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/**
 * A log that writes whole lines by `write`. In both formats values are JSON, so that control characters from the
 * network arrive escaped and one event stays one line.
 */
export function lineLog(format: LogFormat, clock: Clock, write: (line: string) => void): Log {
  const render = format === "json" ? jsonLine : textLine;
  const at = (level: string) => (event: string, fields: LogFields = {}) =>
    write(render(new Date(clock.now()).toISOString(), level, event, fields));
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

function jsonLine(time: string, level: string, event: string, fields: LogFields): string {
  return escapeControls(JSON.stringify({ time, level, event, ...fields })) + "\n";
}

function textLine(time: string, level: string, event: string, fields: LogFields): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${textValue(value)}`);
  return [time, level.padEnd(5), event, ...pairs].join(" ") + "\n";
}

function textValue(value: LogFields[string]): string {
  const plain = String(value);
  return /^[\w.:@/+-]+$/.test(plain) ? plain : escapeControls(JSON.stringify(plain));
}

/** JSON leaves DEL, C1 controls and bidirectional marks as they are; a log is read in terminals, so escape them. */
function escapeControls(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => "\\u" + character.charCodeAt(0).toString(16).padStart(4, "0"),
  );
}
