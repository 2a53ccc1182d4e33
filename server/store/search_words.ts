/** Stands between two runs of pairs, whose last and first pair would look like neighbours otherwise. No text holds it. */
export const gap = " ";

/** Scripts without spaces between words, and Korean, whose words take endings. */
const unspaced =
  /([\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\p{scx=Thai}\p{scx=Laoo}\p{scx=Khmr}\p{scx=Mymr}]+)/u;

/**
 * The words of a text, as search compares them: without regard to case, accents and ways to write the same character.
 * What punctuation joins is words side by side. Scripts without spaces between words give pairs of neighbouring
 * characters. An emoji is a word.
 */
export function wordsIn(text: string): string[] {
  const words: string[] = [];
  let afterPairs = false;
  for (const [run] of fold(text).matchAll(/[\p{L}\p{N}\p{M}]+|\p{Extended_Pictographic}/gu)) {
    for (const section of sectionsOf(run)) {
      const inPairs = !isAscii(section) && unspaced.test(section);
      if (inPairs && afterPairs) words.push(gap);
      words.push(...inPairs ? pairsIn(section) : [section]);
      afterPairs = inPairs;
    }
  }
  return words;
}

/**
 * What a search looks for: groups of words that stand side by side. Quotation marks make a group of several words; a word
 * that is several by the rules above makes one too.
 */
export function phrasesIn(text: string): string[][] {
  const phrases = new Map<string, string[]>();
  for (const [, quoted, word = ""] of text.matchAll(/["“”„«»]([^"“”„«»]*)|([^\s"“”„«»]+)/g)) {
    const words = wordsIn(quoted ?? word);
    if (words.length > 0) phrases.set(words.join("\n"), words);
  }
  return [...phrases.values()];
}

/** Whether the words of each group stand side by side somewhere among `words`. */
export function holdsPhrases(words: readonly string[], phrases: readonly (readonly string[])[]): boolean {
  return phrases.every((phrase) =>
    words.some((_, start) => phrase.every((word, index) => words[start + index] === word))
  );
}

/** Compatibility forms (Unicode NFKC) in lower case, without accents, points and what nobody sees. */
function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  return text.normalize("NFKD")
    .replaceAll(unheeded, "")
    // Upper case first: it makes one of what differs in lower case alone, as "ß" and "ss".
    .toUpperCase().toLowerCase().replaceAll("ς", "σ")
    .normalize("NFC");
}

/**
 * Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic, and what nobody sees. Marks of other scripts are
 * parts of their letters.
 */
const unheeded =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670\p{Default_Ignorable_Code_Point}]/gu;

function isAscii(text: string): boolean {
  // deno-lint-ignore no-control-regex -- ASCII has them
  return /^[\x00-\x7f]*$/.test(text);
}

function sectionsOf(run: string): string[] {
  return isAscii(run) ? [run] : run.split(unspaced).filter((section) => section !== "");
}

function pairsIn(section: string): string[] {
  const characters = [...section];
  if (characters.length === 1) return characters;
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`);
}
