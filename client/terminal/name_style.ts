export type NameStyle = "own" | "name1" | "name2" | "name3" | "name4" | "name5" | "name6";

/**
 * Yellow, blue, magenta and cyan in two strengths: told apart with every common kind of colour blindness, which red
 * beside green is not. One's own name is underlined and needs no colour.
 */
export const nameStyleCodes: Readonly<Record<NameStyle, string>> = {
  own: "1;4",
  name1: "1;36",
  name2: "1;33",
  name3: "1;35",
  name4: "1;94",
  name5: "1;96",
  name6: "1;95",
};

const others = ["name1", "name2", "name3", "name4", "name5", "name6"] as const;

/** The same name looks the same everywhere and every day. */
export function nameStyle(name: string, ownName: string): NameStyle {
  return name === ownName ? "own" : others[hash(name) % others.length] ?? "name1";
}

/** FNV-1a, 32 bits. */
function hash(name: string): number {
  let value = 0x811c9dc5;
  for (const character of name) {
    value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return value;
}
