/** What a machine says of itself. Both calls may throw where the permission is missing. */
export interface Machine {
  hostname(): string;
  networkInterfaces(): readonly Pick<Deno.NetworkInterfaceInfo, "address">[];
}

/** A host with more addresses than this (containers, mostly) names the first ones, so that a handshake stays small. */
export const addressesMax = 64;

/**
 * The names and addresses under which this machine may be reached, loopback included, without repeats. Whatever the
 * machine does not tell is left out.
 */
export function machineNames(machine: Machine = Deno): readonly string[] {
  const names = ["localhost", ...hostNames(machine), "127.0.0.1", "::1", ...addresses(machine)];
  return [...new Set(names)];
}

/** A bare host name is also announced as `.local` by multicast DNS (RFC 6762 section 3). */
function hostNames(machine: Machine): string[] {
  const name = orNothing(() => machine.hostname().toLowerCase()) ?? "";
  if (!/^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(name)) return [];
  return name.includes(".") || name === "localhost" ? [name] : [name, `${name}.local`];
}

function addresses(machine: Machine): string[] {
  const all = orNothing(() => machine.networkInterfaces().map(({ address }) => address)) ?? [];
  return all.filter((address) => !isLinkLocal(address)).sort().slice(0, addressesMax);
}

/** IPv6 addresses in fe80::/10 mean something only together with a zone, which a certificate cannot hold. */
function isLinkLocal(address: string): boolean {
  return /^fe[89ab]/i.test(address) || address.includes("%");
}

/** Undefined where the permission to ask is missing; a certificate with fewer names still serves. */
function orNothing<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch (cause) {
    if (cause instanceof Deno.errors.NotCapable || cause instanceof Deno.errors.PermissionDenied) {
      return undefined;
    }
    throw cause;
  }
}
