/** Whether the host is this machine itself, as far as the system tells. */
export function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127(\.\d{1,3}){3}$/.test(host) ||
    ownAddresses().includes(host);
}

/** Nothing where the permission to ask is missing: then the server is a stranger, which is safe. */
function ownAddresses(): readonly string[] {
  try {
    return Deno.networkInterfaces().map(({ address }) => address);
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable || cause instanceof Deno.errors.PermissionDenied) return [];
    throw cause;
  }
}
