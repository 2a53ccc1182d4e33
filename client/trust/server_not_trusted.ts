import { formatHostAndPort, type ServerAddress } from "../../shared/identity/mod.ts";
import type { LinkKind, TrustedServer } from "./trusted_server.ts";

/** The server is not proven to be the right one. The message is for people, has lines, and says what to do. */
export class ServerNotTrusted extends Error {
  override readonly name = "ServerNotTrusted";
}

const nothingSent = "Nothing was sent to it: no name, password, token or invite.";

const otherwise = "Otherwise someone may be intercepting.";

/** The server does not have the key that the link names. */
export function notTheLinked(link: LinkKind): ServerNotTrusted {
  return new ServerNotTrusted(
    `STOP. This is not the server in your ${link}.\n` +
      `Its key does not match the ${link}. Your name, password and ${link} were NOT sent.\n` +
      `If the server was rebuilt, ask for a new ${link}. ${otherwise}`,
  );
}

/** Whoever answers does not have a certificate from the authority that is trusted. */
export function notTheTrusted({ address, because, words }: TrustedServer): ServerNotTrusted {
  if (because === "this machine") return notTheLocal(address);
  return because === "known" || because === "asked" ? changed(address, words) : notTheLinked(because);
}

/** Somebody else answers where the right server did since this program was started. */
export function notTheSame({ address, because, words }: TrustedServer): ServerNotTrusted {
  if (because !== "this machine") return changed(address, words);
  return changed(address, words, "If it was set up anew on this machine, start this program again.");
}

const ifRebuilt =
  "If the server was rebuilt, ask for a new invite link and connect with that, or remove its entry " +
  "from client/known_servers.json in the data directory and compare the new words.";

function changed(address: ServerAddress, words: string, whatToDo: string = ifRebuilt): ServerNotTrusted {
  return new ServerNotTrusted(
    `STOP. The server at ${formatHostAndPort(address)} is not the one that was trusted before.\n` +
      `The trusted one is known by the words "${words}". ${nothingSent}\n` +
      `${whatToDo} ${otherwise}`,
  );
}

function notTheLocal(address: ServerAddress): ServerNotTrusted {
  return new ServerNotTrusted(
    `STOP. The server at ${formatHostAndPort(address)} is not the one whose files are on this machine.\n` +
      `${nothingSent}\n` +
      "If it is meant to be another server, connect with an invite link of that one, or choose another --data.\n" +
      `If it should be the one of this machine, see which program holds the port. ${otherwise}`,
  );
}

/** A person had to be asked, and there is no way to ask. */
export function nobodyToAsk(address: ServerAddress): ServerNotTrusted {
  return new ServerNotTrusted(
    `The server at ${
      formatHostAndPort(address)
    } is not known here yet, and there is no terminal to ask whether it is the ` +
      "right one: connect with an invite link, which says so by itself",
  );
}

/** A person was asked, and said no. */
export function saidNo(address: ServerAddress): ServerNotTrusted {
  return new ServerNotTrusted(
    `Stopped: the server at ${formatHostAndPort(address)} was not accepted. ${nothingSent}\n` +
      "Ask whoever runs it for its words or for an invite link.",
  );
}

/** The server names an authority that did not issue its certificate. */
export function notItsAuthority(address: ServerAddress): ServerNotTrusted {
  return new ServerNotTrusted(
    `STOP. The server at ${formatHostAndPort(address)} cannot prove that it is who it says it is.\n` +
      `Its certificate is not from the authority that it names. ${nothingSent}\n` +
      "Ask whoever runs it for an invite link; someone may be intercepting.",
  );
}
