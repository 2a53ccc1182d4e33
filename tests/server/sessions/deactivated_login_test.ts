import assert from "node:assert/strict";
import { type Frame, testPassword } from "../../kit/line_client.ts";
import { type TestServer, withServer } from "../../kit/server.ts";

async function login(server: TestServer, username: string): Promise<Frame> {
  using client = await server.connect();
  return await client.ask({ type: "login", username, password: testPassword });
}

Deno.test("the password of a deactivated account is answered as a wrong one, until the account is active again", () =>
  withServer(async (server) => {
    using owner = await server.register("owner");
    using ben = await server.register("ben");
    await owner.ask({ type: "deactivate", username: "ben", deactivated: true });
    await ben.ended();
    const [right, unknown] = await Promise.all([login(server, "ben"), login(server, "nobody")]);
    assert.deepEqual(right, unknown);
    assert.equal(right?.code, "auth_failed");
    await owner.ask({ type: "deactivate", username: "ben", deactivated: false });
    assert.equal((await login(server, "ben")).type, "auth_success");
  }));

Deno.test("an account that is deactivated while its password is verified does not come in", () =>
  withServer(async (server) => {
    using owner = await server.register("owner");
    (await server.register("ben")).close();
    using late = await server.connect();
    const entering = late.ask({ type: "login", username: "ben", password: testPassword });
    await owner.ask({ type: "deactivate", username: "ben", deactivated: true });
    assert.equal((await entering).code, "auth_failed");
  }));
