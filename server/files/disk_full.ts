/** The disk has no room for what was to be written; nothing of it was. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";

  constructor(cause: unknown) {
    super("The disk is full", { cause });
  }
}

/** No space, no quota, or a file larger than may be (errno(3)). */
const fullCodes: readonly unknown[] = ["ENOSPC", "EDQUOT", "EFBIG"];

export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return "code" in error && fullCodes.includes(error.code) || /os error (28|122|27)\b/.test(error.message);
}
