import { parseTranscript } from "../kit/transcript.ts";
import { replay } from "./replay.ts";

const folder = new URL("./", import.meta.url);

for (const { name } of Deno.readDirSync(folder)) {
  if (!name.endsWith(".txt")) continue;
  const transcript = parseTranscript(Deno.readTextFileSync(new URL(name, folder)));
  Deno.test(`${name} goes as it is written: ${transcript.title}`, () => replay(transcript));
}
