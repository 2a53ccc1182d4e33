import type { TestServer } from "./server.ts";

const files = ["chat.db", "chat.db-wal"];

/**
 * Ends the server as `kill -9` does: the next one on its data finds what was in the files at this moment. To be called
 * when all connections were cut in the same turn, so that nobody hears what it says after that.
 */
export async function crash(server: TestServer): Promise<void> {
  const left = files.map((name) =>
    [`${server.directory}/${name}`, bytesIn(`${server.directory}/${name}`)] as const
  );
  await server.stop();
  for (const [path, bytes] of left) {
    if (bytes !== undefined) Deno.writeFileSync(path, bytes);
    else if (bytesIn(path) !== undefined) Deno.removeSync(path);
  }
}

function bytesIn(path: string): Uint8Array | undefined {
  try {
    return Deno.readFileSync(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
