/**
 * What the program may do, as flags, taken from the permission set `chat` in `denoJson`, the text of deno.json: the task
 * `chat` and the executable ask for the same, and it is written down once. Throws where there is no such set.
 */
export function permissionFlags(denoJson: string): readonly string[] {
  const { permissions } = JSON.parse(denoJson) as {
    permissions?: { chat?: Record<string, true | string[]> };
  };
  const flags = Object.entries(permissions?.chat ?? {})
    .map(([name, scope]) => scope === true ? `--allow-${name}` : `--allow-${name}=${scope.join(",")}`);
  if (flags.length === 0) {
    throw new Error('deno.json has no permission set "chat": write there what the program may do.');
  }
  return flags;
}
