/** One section of the page for each frame of the tables. */
import {
  answerFrames,
  declarationOf,
  eventPlace,
  type Fields,
  type RequestDeclaration,
  requestFrames,
  type RequestType,
  roles as allRoles,
  roomEventFrames,
  signalFrames,
} from "../../shared/protocol/mod.ts";
import type { Examples } from "./examples.ts";
import { table } from "./tables.ts";

export function requestSections(examples: Examples): string {
  return sections(Object.keys(requestFrames) as RequestType[], (type) => {
    const { says, fields, answer } = declarationOf(type);
    return { says, terms: termsOf(type), fields, example: examples.exchange(type, answer) };
  });
}

export function answerSections(examples: Examples): string {
  return sections(Object.keys(answerFrames) as (keyof typeof answerFrames)[], (type) => {
    const { says, fields } = answerFrames[type];
    return { says, fields, example: examples.heard(type, true) };
  });
}

export function eventSections(examples: Examples): string {
  return sections(Object.keys(roomEventFrames) as (keyof typeof roomEventFrames)[], (type) => {
    const { says, fields } = roomEventFrames[type];
    return { says, fields: { ...eventPlace, ...fields }, example: examples.heard(type, false) };
  });
}

export function signalSections(examples: Examples): string {
  return sections(Object.keys(signalFrames) as (keyof typeof signalFrames)[], (type) => {
    const { says, fields } = signalFrames[type];
    return { says, fields, example: examples.heard(type, false) };
  });
}

interface Section {
  readonly says: string;
  readonly terms?: string;
  readonly fields: Fields;
  readonly example: readonly string[];
}

function sections<Type extends string>(types: readonly Type[], describe: (type: Type) => Section): string {
  return types.map((type) => section(type, describe(type))).join("\n\n");
}

function section(type: string, { says, terms, fields, example }: Section): string {
  return [
    `### \`${type}\``,
    says,
    terms,
    fieldTable(fields),
    example.length === 0 ? undefined : `\`\`\`text\n${example.join("\n")}\n\`\`\``,
  ].filter((part) => part !== undefined).join("\n\n");
}

const phases = { stranger: "before authentication", member: "in a session", anyone: "at any time" } as const;

/** When a request may be made, by whom, and how it is answered. */
function termsOf(type: RequestType): string {
  const declaration = declarationOf(type);
  const { phase, answer } = declaration;
  const answered = answer === "nothing" ? "No answer" : `Answer: \`${answer}\``;
  return `May be said ${phases[phase]}${whoMay(declaration)}. ${answered}.`;
}

function whoMay(declaration: RequestDeclaration): string {
  if (declaration.phase !== "member") return "";
  const { confined, roles, proof, scope } = declaration;
  const who = roles.length === allRoles.length
    ? ""
    : ` by ${roles.map((role) => `\`${role}\``).join(" or ")} only`;
  return `${who}${confined === true ? ", also in a confined one" : ""}${
    proof === true ? ", after a proof (`prove`)" : ""
  }${scope === undefined ? "" : `, by bots with \`${scope}\` too`}`;
}

function fieldTable(fields: Fields): string | undefined {
  const rows = fieldRows(fields, "");
  return rows.length === 0 ? undefined : table(["Field", "", "Value"], rows);
}

/** A row for each field and, below it, for each of its parts: `rooms`, `rooms[].seq`. */
function fieldRows(fields: Fields, path: string): string[][] {
  return Object.entries(fields).flatMap(([name, { takes, optional, parts = {} }]) => [
    [`\`${path}${name}\``, optional ? "optional" : "required", takes],
    ...fieldRows(parts, `${path}${name}${takes.startsWith("a list") ? "[]" : ""}.`),
  ]);
}
