/**
 * What the program may do, taken from the task `chat` in `denoJson`, the text of deno.json: that task and the
 * executable ask for the same, and it is written down once. Throws where the task names no permission.
 */
export function permissionFlags(denoJson: string): readonly string[] {
  const { tasks } = JSON.parse(denoJson) as { tasks?: Record<string, string> };
  const flags = tasks?.chat?.split(/\s+/).filter((word) => /^--(?:allow|deny)-/.test(word)) ?? [];
  if (flags.length === 0) {
    throw new Error('The task "chat" in deno.json names no permission: write its flags there.');
  }
  return flags;
}
