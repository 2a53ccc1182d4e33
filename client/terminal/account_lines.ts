/** What commands about accounts found out: devices, people, and secrets that are shown once. */
import type { Outcome } from "../commands/mod.ts";
import { codePicture, type PictureSize } from "./code_picture.ts";
import { clip, columnsOf, pad, widest } from "./columns.ts";
import { dayAndHourText } from "./date_text.ts";
import { nameSpan } from "./event_lines.ts";
import { safeLines, safeText } from "./safe_text.ts";
import { type Line, span } from "./styled_line.ts";

type Of<Kind extends Outcome["kind"]> = Extract<Outcome, { readonly kind: Kind }>;

/** A name that is longer is clipped, so that the columns beside it stay in their place. */
const nameColumnsMax = 36;

export function deviceLines({ devices }: Of<"devices">): readonly Line[] {
  const names = devices.map(({ name }) => clip(safeText(name ?? "a device without a name"), nameColumnsMax));
  const width = widest(names);
  return [
    ...devices.map(({ seen, online, current }, index): Line => [
      span(`  ${String(index + 1).padStart(2)}  `, "dim"),
      span(pad(names[index] ?? "", width), current ? "strong" : "plain"),
      span(`  ${current ? "this one" : online ? "connected now" : `seen ${dayAndHourText(seen)}`}`, "dim"),
    ]),
    [span("  /revoke and its number logs a device out, /revoke others all but this one.", "dim")],
  ];
}

export function peopleLines({ people }: Of<"people">, me: string): readonly Line[] {
  const names = people.map(({ username }) => clip(safeText(username), nameColumnsMax));
  const width = widest(names);
  return people.map(({ username, role, twoFactor, bot, online, seen }, index): Line => [
    span("  "),
    { ...nameSpan(username, me), text: pad(names[index] ?? "", width) },
    span(`  ${(bot ? "bot" : role).padEnd(6)}  ${factorsOf({ twoFactor, bot }).padEnd(13)}  `),
    span(online ? "here" : seen === undefined ? "never here" : `seen ${dayAndHourText(seen)}`, "dim"),
  ]);
}

function factorsOf({ twoFactor, bot }: Pick<Of<"people">["people"][number], "twoFactor" | "bot">): string {
  if (bot) return "token";
  return twoFactor ? "two-factor" : "password only";
}

export function resetLines({ reset, endsTwoFactor }: Of<"reset">): readonly Line[] {
  const what = endsTwoFactor ? "a new password, with two-factor off" : "a new password";
  return [
    [span(`  For ${safeText(reset.username)} to set ${what}, until ${dayAndHourText(reset.expires)}:`)],
    [span("  "), span(`chat connect '${safeText(reset.link)}'`, "strong", "whole")],
    [span("  Whoever has this link gets into the account: hand it over in private.", "dim")],
    [span("  It works once, and is not shown again.", "dim")],
  ];
}

/** The picture with the words beside it, where there is room for it; else the words and the link. */
export function secretLines({ secret, uri }: Of<"two_factor_secret">, size?: PictureSize): readonly Line[] {
  const picture = size && codePicture(withoutUsualValues(uri), size);
  const words = secretWords(secret, picture !== undefined);
  const room = size === undefined ? 0 : size.columns - columnsOf(picture?.[0]?.[0]?.text ?? "");
  if (picture === undefined || words.some((word) => columnsOf(word) + 2 > room)) {
    return textLines(secret, uri);
  }
  const top = Math.floor((picture.length - words.length) / 2);
  return picture.map((row, index) => [...row, span(`  ${words[index - top] ?? ""}`.trimEnd())]);
}

/** What every app takes for granted only makes the picture larger. */
function withoutUsualValues(uri: string): string {
  return uri.replace(/&(?:algorithm=SHA1|digits=6|period=30)(?=&|$)/g, "");
}

/** Short enough to stand beside the picture. */
function secretWords(secret: string, hasPicture: boolean): readonly string[] {
  const rows = groupsOf(secret).join(" ").match(/.{1,20}/g) ?? [];
  return [
    ...hasPicture
      ? ["Scan this with your app", "for login codes, such as", "Aegis or Google Authenticator.", ""]
      : [],
    "Or type this key into it:",
    "",
    ...rows.map((row) => `  ${row.trim()}`),
  ];
}

function textLines(secret: string, uri: string): readonly Line[] {
  return [
    [span("  Put this key into your app for login codes, such as Aegis or Google Authenticator:")],
    [span("    "), span(groupsOf(secret).join(" "), "strong", "whole")],
    [span("  or open this link with it:")],
    [span("    "), span(safeText(uri), "plain", "whole")],
  ];
}

/** Four characters each, as they are easily typed. */
function groupsOf(secret: string): readonly string[] {
  return safeText(secret).match(/.{1,4}/gu) ?? [];
}

export function recoveryCodeLines({ codes }: Of<"recovery_codes">): readonly Line[] {
  return [
    [span("  Your recovery codes. Each lets you in once without your app, if you lose it:", "strong")],
    [],
    ...pairsOf(codes.map(safeText)).map((pair): Line => [span(`    ${pair.join("    ")}`, "plain", "whole")]),
    [],
    [span("  Keep them on paper or in a password manager. They are not shown again.", "strong")],
  ];
}

function pairsOf(codes: readonly string[]): readonly (readonly string[])[] {
  return codes.flatMap((code, index) =>
    index % 2 === 0 ? [[code, ...codes.slice(index + 1, index + 2)]] : []
  );
}

export function toldLines({ text }: Of<"told">): readonly Line[] {
  return safeLines(text).map((line) => [span(`  ${line}`)]);
}
