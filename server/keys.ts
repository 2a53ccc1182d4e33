/** `chat keys rotate`: exchanges the root key, whether the server is running or not. */
import type { Clock } from "../shared/world/mod.ts";
import { databaseIn, refuseNoServer } from "./server.ts";
import { openRotation, retiredKeysPath, rootKeyPathBeside, type Rotation } from "./store/mod.ts";

/** Between two steps, so that a running server is not kept waiting, in milliseconds. */
const pauseMs = 20;

export interface RotatedKeys {
  /** Whether this finished a rotation that was interrupted. */
  readonly resumed: boolean;
  /** How many data keys are under the new root key now that were not before. */
  readonly rewrapped: number;
  /** The file of the new root key. */
  readonly rootKeyPath: string;
  /** The file that the old one was moved to, which nothing but old backups needs. */
  readonly retiredPath: string;
}

/** Throws a Trouble. Interrupted at any moment, it leaves everything readable, and the next one finishes it. */
export async function rotateKeys(
  directory: string,
  clock: Clock,
  rootKeyPath: string = rootKeyPathBeside(databaseIn(directory)),
): Promise<RotatedKeys> {
  refuseNoServer(directory);
  const rotation = openRotation(databaseIn(directory), rootKeyPath);
  try {
    const resumed = rotation.start() === "resumed";
    const rewrapped = await takeSteps(rotation, clock);
    return { resumed, rewrapped, rootKeyPath, retiredPath: retiredKeysPath(rootKeyPath) };
  } finally {
    rotation.close();
  }
}

async function takeSteps(rotation: Rotation, clock: Clock): Promise<number> {
  for (let rewrapped = 0;;) {
    const step = rotation.step();
    if (step.done) return rewrapped;
    rewrapped += step.rewrapped;
    await clock.sleep(pauseMs);
  }
}
