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
 * A log that writes whole lines by `write`. In both formats values are JSON, so that what came from outside
 * (names, addresses, reasons, paths) arrives with its control and invisible characters escaped, and one event stays one
 * line of plain characters.
 */
export function lineLog(format: LogFormat, clock: Clock, write: (line: string) => void): Log {
  const render = format === "json" ? jsonLine : textLine;
  const at = (level: string) => (event: string, fields: LogFields = {}) =>
    write(render(new Date(clock.now()).toISOString(), level, event, fields));
  return { info: at("info"), warn: at("warn"), error: at("error") };
}

/** What went wrong, and where in the program, as a log has it. */
export function faultText(error: unknown): string {
  return error instanceof Error ? error.stack ?? error.message : String(error);
}

function jsonLine(time: string, level: string, event: string, fields: LogFields): string {
  return escapeUnseen(JSON.stringify({ time, level, event, ...fields })) + "\n";
}

function textLine(time: string, level: string, event: string, fields: LogFields): string {
  const pairs = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${textValue(value)}`);
  return [time, level.padEnd(5), event, ...pairs].join(" ") + "\n";
}

function textValue(value: LogFields[string]): string {
  const plain = String(value);
  return /^[\w.:@/+-]+$/.test(plain) ? plain : escapeUnseen(JSON.stringify(plain));
}

/**
 * `text` with everything that a reader does not see escaped as JSON escapes: control characters, line separators,
 * bidirectional controls, and what has no width. A log is read in terminals and by eyes, which all of these deceive.
 */
export function escapeUnseen(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped);
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, at) => character.charCodeAt(at));
  return units.map((unit) => "\\u" + unit.toString(16).padStart(4, "0")).join("");
}
