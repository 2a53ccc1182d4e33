/** How the program is started from its sources: read from the task `chat` in deno.json, where it is written down once. */

/** The words of the command, for any folder to start it from. `root` ends with a slash. */
export function chatCommand(root: string): string[] {
  const [, run = "", ...rest] = taskWords(Deno.readTextFileSync(`${root}deno.json`));
  const main = rest.pop() ?? "";
  return [Deno.execPath(), run, `--config=${root}deno.json`, ...rest, `${root}${main}`];
}

/** The flags for the engine, which an executable has from its making. */
export function engineFlags(denoJson: string): readonly string[] {
  return taskWords(denoJson).filter((word) => word.startsWith("--v8-flags="));
}

function taskWords(denoJson: string): readonly string[] {
  const { tasks } = JSON.parse(denoJson) as { tasks?: { chat?: string } };
  if (tasks?.chat === undefined) {
    throw new Error('deno.json has no task "chat": write there how the program is started.');
  }
  return tasks.chat.split(/\s+/);
}
