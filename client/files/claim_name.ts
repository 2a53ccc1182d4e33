import { join } from "node:path";
import { FileTrouble } from "../../shared/files/mod.ts";

/** So many files of one name in one folder. */
const namesMax = 10_000;

/**
 * Gives the file `part` the name in its folder or, where that is taken, the first one like `photo (2).jpg` that is not.
 * Nothing that is there is ever written over. Returns the path. Throws `FileTrouble`.
 */
export function claimName(folder: string, name: string, part: string): string {
  for (const each of namesLike(name)) {
    const path = join(folder, each);
    try {
      // An empty file of our own keeps the name for us: unlike a link, every file system can have it.
      Deno.openSync(path, { createNew: true, write: true, mode: 0o600 }).close();
      Deno.renameSync(part, path);
      return path;
    } catch (cause) {
      if (!(cause instanceof Deno.errors.AlreadyExists)) throw new FileTrouble(`write "${path}"`, cause);
    }
  }
  throw new FileTrouble(`write "${join(folder, name)}"`, undefined, "there are too many files of this name");
}

/** `photo.jpg`, `photo (2).jpg`, `photo (3).jpg` and so on. */
export function* namesLike(name: string): Generator<string> {
  yield name;
  const [ending = ""] = /(?<=.)\.[^.\s]+$/.exec(name) ?? [];
  const beginning = name.slice(0, name.length - ending.length);
  for (let number = 2; number <= namesMax; number++) yield `${beginning} (${number})${ending}`;
}
