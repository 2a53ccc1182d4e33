import { formatHostAndPort, type ServerAddress } from "../../shared/identity/mod.ts";

export type NoConnectionKind =
  | "refused"
  | "name_not_found"
  | "unreachable"
  | "timed_out"
  | "not_chat"
  | "clock"
  | "version";

/** No conversation with the server came about. The message is for people and says what to do. */
export class NoConnection extends Error {
  override readonly name = "NoConnection";
  readonly kind: NoConnectionKind;

  constructor(kind: NoConnectionKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

export function refused(address: ServerAddress, cause: unknown): NoConnection {
  return new NoConnection(
    "refused",
    `Nobody answers at ${formatHostAndPort(address)}. Is the server running, and is this its address?`,
    cause,
  );
}

export function nameNotFound(address: ServerAddress, cause: unknown): NoConnection {
  return new NoConnection(
    "name_not_found",
    `There is no machine called "${address.host}" on this network. Check the spelling, or use the address in numbers`,
    cause,
  );
}

export function unreachable(address: ServerAddress, cause: unknown): NoConnection {
  return new NoConnection(
    "unreachable",
    `The network does not lead to ${
      formatHostAndPort(address)
    }. Is this machine connected, and is this the server's address?`,
    cause,
  );
}

export function silent(address: ServerAddress): NoConnection {
  return new NoConnection(
    "timed_out",
    `${
      formatHostAndPort(address)
    } does not answer in time. Is this the server's address, and does a firewall let you through?`,
  );
}

export function hungUp(address: ServerAddress, cause: unknown): NoConnection {
  return new NoConnection(
    "unreachable",
    `The server at ${
      formatHostAndPort(address)
    } hung up at once. It may be too busy or just stopping: try again in a minute`,
    cause,
  );
}

export function notChat(address: ServerAddress, cause?: unknown): NoConnection {
  return new NoConnection(
    "not_chat",
    `What answers at ${
      formatHostAndPort(address)
    } is not a chat server. Check the port: the server prints it when it starts`,
    cause,
  );
}

export function otherVersion(address: ServerAddress, serverIsNewer: boolean): NoConnection {
  return new NoConnection(
    "version",
    `The server at ${formatHostAndPort(address)} speaks ${
      serverIsNewer ? "a newer" : "an older"
    } version of the chat protocol. ` +
      `Update ${serverIsNewer ? "this program" : "the server"}`,
  );
}

export function wrongClock(address: ServerAddress, now: Date, cause: unknown): NoConnection {
  return new NoConnection(
    "clock",
    `The certificate of the server at ${
      formatHostAndPort(address)
    } is not valid now. By this machine's clock it is ` +
      `${now.toISOString()}: set the clock if that is wrong; if it is right, restart the server, which then renews its certificate`,
    cause,
  );
}
