/** Links that a server has made, which people paste behind a command. */
import {
  formatBotLink,
  formatInviteLink,
  formatResetLink,
  LinkUnreadable,
  parseBotLink,
  parseInviteLink,
  parseResetLink,
} from "../../shared/identity/mod.ts";
import type { Outcome } from "./command.ts";

/**
 * The link as this program would have written it; undefined for anything else. What was read and written anew holds
 * nothing that could end the quotes around it and begin a command of its own.
 */
export function usableInviteLink(link: string): string | undefined {
  return unlessUnreadable(() => formatInviteLink(parseInviteLink(link)));
}

/** As `usableInviteLink`. */
export function usableResetLink(link: string): string | undefined {
  return unlessUnreadable(() => formatResetLink(parseResetLink(link)));
}

/** As `usableInviteLink`. */
export function usableBotLink(link: string): string | undefined {
  return unlessUnreadable(() => formatBotLink(parseBotLink(link)));
}

/** An address to post to, as this program would write it: without the name of the room, which goes behind it. */
export function usableHook(address: string | undefined): string | undefined {
  return /^https:\/\/[\w.:[\]-]{1,261}\/hooks\/[\w-]{22}\.[\w-]{43}\/$/.exec(address ?? "")?.[0];
}

export const noUsableLink: Outcome = {
  kind: "mistake",
  text: "The server sent no usable link. Try again, and if that does not help, tell whoever runs it",
};

function unlessUnreadable(rewrite: () => string): string | undefined {
  try {
    return rewrite();
  } catch (cause) {
    if (cause instanceof LinkUnreadable) return undefined;
    throw cause;
  }
}
