import { Trouble } from "../trouble/mod.ts";

/** The file system refused. The message is plain words for the person who runs the program. */
export class FileTrouble extends Trouble {
  override readonly name = "FileTrouble";

  /** `action` continues the word "Cannot", as in `read "/srv/chat/leaf.pem"`; `reason` says why, and what to do. */
  constructor(action: string, cause: unknown, reason: string = reasonOf(cause)) {
    super(`Cannot ${action}: ${reason}`, cause);
  }
}

function reasonOf(cause: unknown): string {
  if (cause instanceof Deno.errors.PermissionDenied) {
    return "this user has no right to. Change its owner or mode, or choose another place";
  }
  if (cause instanceof Deno.errors.NotCapable) {
    return "this program was started without the permission to. Allow this path, or choose another place";
  }
  if (cause instanceof Deno.errors.NotADirectory || cause instanceof Deno.errors.AlreadyExists) {
    return "a file is where a directory should be. Move it away, or choose another place";
  }
  if (cause instanceof Deno.errors.IsADirectory) {
    return "a directory is where a file should be. Move it away, or choose another place";
  }
  return `${cause instanceof Error ? cause.message : String(cause)}. Mend that, or choose another place`;
}
