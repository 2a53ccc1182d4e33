import type { Population } from "../load/population.ts";
import type { Contestant, RunningContestant } from "./contestant.ts";

/** Runs `use` with a server that was started afresh, and leaves nothing of it behind. */
export async function withContestant<Result>(
  contestant: Contestant,
  population: Population,
  use: (server: RunningContestant) => Promise<Result>,
): Promise<Result> {
  const directory = Deno.makeTempDirSync({ prefix: "chat-bench-" });
  try {
    const server = await contestant.start(directory, population);
    try {
      return await use(server);
    } finally {
      await server.stop();
    }
  } finally {
    Deno.removeSync(directory, { recursive: true });
  }
}
