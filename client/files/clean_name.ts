/** So many bytes of a name in UTF-8 leave room for a number and an ending of our own: file systems take 255. */
const bytesMax = 200;

/** An ending that is longer is none. */
const endingMax = 16;

/** What would be a path, is taken for something else by some system, cannot be seen, or turns the text around. */
const unfit = /[\p{Cc}\p{Zl}\p{Zp}<>:"|?*\ufff9-\ufffb]|\p{Default_Ignorable_Code_Point}/gu;

/** Windows takes these for devices, with any ending. */
const isDevice = /^(con|prn|aux|nul|com[0-9\u00b9\u00b2\u00b3]|lpt[0-9\u00b9\u00b2\u00b3])(\.|$)/i;

/**
 * What a file is called in a folder of this machine, whatever others call it: one name, without a way out of the folder,
 * that neither hides itself nor begins as an option does.
 */
export function cleanName(name: string): string {
  const [last = ""] = name.toWellFormed().normalize("NFC").split(/[/\\]/).slice(-1);
  const clean = last.replace(unfit, "_").replace(/^[\s.~-]+/, "").replace(/[\s.]+$/, "");
  if (clean === "") return "file";
  return shortened(isDevice.test(clean) ? `_${clean}` : clean);
}

function shortened(name: string): string {
  const [ending = ""] = name.match(/\.[^.\s]+$/) ?? [];
  const kept = ending.length > endingMax ? "" : ending;
  let beginning = Array.from(name.slice(0, name.length - kept.length));
  while (bytesOf(beginning.join("") + kept) > bytesMax) beginning = beginning.slice(0, -1);
  return beginning.join("") + kept;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
