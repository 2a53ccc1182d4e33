/** By key, what the lock file `denoLock` (its text) holds each package's archive to: `sha512-` and base 64. */
export function lockIntegrity(denoLock: string): ReadonlyMap<string, string> {
  const { npm = {} } = JSON.parse(denoLock) as { npm?: Record<string, { integrity?: string }> };
  return new Map(Object.entries(npm).map(([key, { integrity = "" }]) => [key, integrity]));
}
