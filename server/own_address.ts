/** The address at which others most likely reach this machine: for links and for people, never for trust. */
export function ownAddress(host: string | undefined): string {
  if (host !== undefined && host !== "0.0.0.0" && host !== "::") return host;
  const [first] = Deno.networkInterfaces().filter(isReachable);
  return first?.address ?? "127.0.0.1";
}

export function isLoopback(host: string | undefined): boolean {
  return host !== undefined && (host === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host));
}

function isReachable({ family, address }: Deno.NetworkInterfaceInfo): boolean {
  return family === "IPv4" && !isLoopback(address) && !address.startsWith("169.254.");
}
