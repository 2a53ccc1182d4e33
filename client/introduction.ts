/** How a server is made known to a person, before they are asked for anything. */
import { type Line, safeText, span } from "./terminal/mod.ts";
import type { ServerIdentity, TrustedServer } from "./trust/mod.ts";

/** `name` is what the server calls itself: it has been proven to be the right server by now. */
export function introductionLines(server: TrustedServer, name: string): readonly Line[] {
  const proof = proofs[server.because];
  const then = isNew(server) ? ", saved; you will be warned if it changes" : "";
  return [
    [span("  Server      "), span(`"${safeText(name)}"`, "strong"), span(` at ${server.address.host}`)],
    [span(`  Identity    ${proof} `), span("✓", "good"), span(then)],
    [span(`  Words       ${server.words}`)],
  ];
}

const proofs = {
  "invite": "matches the invite",
  "reset link": "matches the reset link",
  "bot token": "matches the bot token",
  "known": "the same as before",
  "this machine": "made on this machine",
  "asked": "taken on your word",
} as const;

function isNew({ because }: TrustedServer): boolean {
  return because !== "known" && because !== "this machine";
}

/** Shown when a server is met for the first time, without an invite. */
export function strangerLines({ address, words, fingerprint }: ServerIdentity): readonly Line[] {
  return [
    [span(`  You meet the server at ${address.host} for the first time. It shows itself as:`)],
    [],
    [span("    Words        "), span(words, "strong")],
    ...fingerprintRows(fingerprint).map((row, index): Line => [
      span(`    ${index === 0 ? "Fingerprint" : "           "}  ${row}`),
    ]),
    [],
    [span("  Whoever runs it saw the same words when it started.")],
    [span("  Compare them by telephone or in person.")],
  ];
}

/** In two rows, so that it fits into 80 columns. */
function fingerprintRows(fingerprint: string): readonly string[] {
  const groups = fingerprint.split(" ");
  const half = Math.ceil(groups.length / 2);
  return [groups.slice(0, half).join(" "), groups.slice(half).join(" ")];
}
