/** What came of a bar. */
export interface Verdict {
  readonly passed: boolean;
  /** The figure beside its target, for the last line. */
  readonly figure: string;
}

/** A promise of this program, tried on a real server. */
export interface Bar {
  readonly says: string;
  run(say: (line: string) => void): Promise<Verdict>;
}

/** This machine cannot try the bar; the message says why. */
export class CannotRun extends Error {
  override readonly name = "CannotRun";
}
