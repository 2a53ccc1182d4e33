/** What only a person can mend. Imports nothing. */

/** Something outside the program is in the way. The message says in plain words what it is and what to do about it. */
export class Trouble extends Error {
  override readonly name: string = "Trouble";

  constructor(message: string, cause?: unknown) {
    super(message, { cause });
  }
}
