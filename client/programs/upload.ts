import { limits, Refusal } from "../../shared/protocol/mod.ts";
import type { World } from "../../shared/world/mod.ts";
import type { ProgramSession } from "../entrance/mod.ts";
import { transferOver, uploadFile } from "../files/mod.ts";
import { exitCodes } from "./exit_codes.ts";
import { nonceFrom } from "./nonce_from.ts";
import { progressOn, type Shown } from "./progress.ts";
import { roomNamed } from "./room_named.ts";

export interface UploadOptions {
  /** A room, or with `@` in front a person. */
  readonly room: string;
  readonly paths: readonly string[];
  /** What is said with them. */
  readonly text: string;
  /** Where a person sees how far it is. */
  readonly shown?: Shown | undefined;
}

/** Sends files in one message, and resolves with the exit code when the server has it on its disk. Rejects as `uploadFile` does. */
export async function upload(
  session: ProgramSession,
  { room: word, paths, text, shown }: UploadOptions,
  world: World,
): Promise<number> {
  if (paths.length > limits.filesPerMessage) {
    throw new Refusal("bad_request", `A message takes ${limits.filesPerMessage} files at most`);
  }
  const room = await roomNamed(session, word);
  // A file that is named twice is one.
  const files = new Set<string>();
  for (const path of paths) {
    const progress = progressOn(shown, path, world.clock);
    try {
      const { file } = await uploadFile(
        { ...transferOver(session, world.clock), tell: progress.tell },
        room,
        path,
      );
      files.add(file);
    } finally {
      progress.end();
    }
  }
  await session.insist<"send">({ type: "send", room, text, files: [...files], nonce: nonceFrom(world) });
  return exitCodes.done;
}
