/** One broken rule: where, what is wrong, and how to mend it. */
export interface Fault {
  /** Path from the root of the tree, with forward slashes. */
  readonly file: string;
  /** Counted from 1; absent where the whole file is at fault. */
  readonly line?: number;
  /** A sentence that says what is wrong and what to do about it. */
  readonly text: string;
}

export function faultLine(fault: Fault): string {
  const place = fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`;
  return `${place}: ${fault.text}`;
}
