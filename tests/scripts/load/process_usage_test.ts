import assert from "node:assert/strict";
import { cpuSecondsOf, establishedOn, residentKibOf } from "../../../scripts/load/process_usage.ts";

const ignore = Deno.build.os !== "linux";

Deno.test({
  name: "the kernel tells CPU time and memory of this process",
  ignore,
  fn() {
    assert.ok(cpuSecondsOf(Deno.pid) > 0);
    assert.ok(residentKibOf(Deno.pid) > 10_000);
  },
});

Deno.test({
  name: "a connection is counted at the port that listens, while it is open",
  ignore,
  async fn() {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const { port } = listener.addr;
    assert.equal(establishedOn(port), 0);
    const [client, server] = await Promise.all([
      Deno.connect({ hostname: "127.0.0.1", port }),
      listener.accept(),
    ]);
    assert.equal(establishedOn(port), 1);
    client.close();
    server.close();
    listener.close();
  },
});
