import type { TransferProgress } from "../files/mod.ts";

/** A file on its way. */
export interface UnderWay {
  readonly direction: "up" | "down";
  /** What it is called, or its path on this machine. */
  readonly name: string;
  readonly progress: TransferProgress | undefined;
}
