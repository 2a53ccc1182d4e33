import { codeOnly } from "./code_only.ts";
import type { Fault } from "./fault.ts";
import { isOutsideTheHouse, roomOf } from "./rooms.ts";

/** What `source`, the text of `file`, may not say there: time, chance, the log and the process's surroundings. */
export function sourceFaults(file: string, source: string): readonly Fault[] {
  const silenced = faultsOf(silentIgnore, file, source);
  if (isOutsideTheHouse(file)) return silenced;
  const code = codeOnly(source);
  const broken = rules.filter(({ room }) => roomOf(file) !== room);
  return [...silenced, ...broken.flatMap((rule) => faultsOf(rule, file, code))];
}

interface Rule {
  /** Where it does not apply. */
  readonly room?: string;
  readonly pattern: RegExp;
  readonly mend: string;
}

const silentIgnore: Rule = {
  pattern: /^[ \t]*\/\/ deno-lint-ignore(?!.* -- \S).*$/gm,
  mend: "Mend what the linter found, or say after ` -- ` why it has to stay",
};

/** A global by its own name or by `globalThis`, but not a property or a key of that name. */
const global = (names: string): string =>
  String.raw`(?:(?<=\bglobalThis\??\.)|(?<![.#\w$]))(?:${names})\b(?!\s*\??:)`;

const rules: readonly Rule[] = [
  {
    room: "shared/world",
    pattern: new RegExp(
      [
        global("setTimeout|setInterval|setImmediate|performance"),
        String.raw`\bDate\??\.now\b`,
        String.raw`\bnew\s+Date\b\s*(?:\(\s*\)|(?![\s(]))`,
        String.raw`(?<!\bnew\s+|[.#\w$])\bDate\s*\(`,
        String.raw`\bAbortSignal\.timeout\b`,
        String.raw`\bTemporal\.Now\b`,
      ].join("|"),
      "g",
    ),
    mend: "Take time from the clock of World (shared/world/mod.ts), handed in",
  },
  {
    room: "shared/world",
    pattern: /\bMath\.random\b|\b(?:getRandomValues|randomUUID|randomBytes|randomInt)\b/g,
    mend: "Take chance from World (shared/world/mod.ts), handed in",
  },
  {
    room: "shared/world",
    pattern: new RegExp(global("console"), "g"),
    mend: "Write to the log of World (shared/world/mod.ts), handed in",
  },
  {
    room: "main.ts",
    pattern: /\bDeno\.(?:env|args|exit)\b|(?<![.#\w$])process\.(?:argv|env|exit|hrtime)\b/g,
    mend: "Read it in main.ts and hand the value in; to end the program, return or throw up to main.ts",
  },
  {
    pattern:
      /(?<==\s*)\b(?:Date|Deno|Math|globalThis)(?=\s*[;,\n])|\b(?:Date|Deno|Math|crypto|globalThis)\[(?!\s*\])/g,
    mend: "Name the member that is meant, so that this check can see it",
  },
  {
    pattern: /(?<![.#\w$])import\s*\((?!\s*["'])/g,
    mend: "Write the module's name out as a string, so that this check and the build can follow it",
  },
];

function faultsOf({ pattern, mend }: Rule, file: string, code: string): Fault[] {
  return [...code.matchAll(pattern)].map((match) => ({
    file,
    line: code.slice(0, match.index).split("\n").length,
    text: `says \`${match[0].trim()}\`, which is not for this file. ${mend}.`,
  }));
}
