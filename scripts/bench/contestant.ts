import type { Address } from "../load/load_connection.ts";
import type { Dialect } from "../load/dialect.ts";
import type { Population } from "../load/population.ts";

/** A server that can be measured. */
export interface Contestant {
  readonly name: string;
  /** What it is and what it keeps, for people. */
  readonly says: string;
  /** Starts it afresh with an empty directory of its own, which it may fill. */
  start(directory: string, population: Population): Promise<RunningContestant>;
}

export interface RunningContestant {
  readonly pid: number;
  readonly address: Address;
  readonly dialect: Dialect;
  /** Resolves when it is gone. */
  stop(): Promise<void>;
}
