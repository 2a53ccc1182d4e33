import assert from "node:assert/strict";
import { parseResetLink } from "../../shared/identity/mod.ts";
import { withDirectory } from "../kit/directory.ts";
import { runProgram, ServeProcess, testProgram } from "../kit/program.ts";

testProgram(
  "somebody who has forgotten their password gets in again by a link from the server's machine",
  (program) =>
    withDirectory(async (data) => {
      const server = await ServeProcess.start(program, data, "--registration", "open");
      const ana = await server.connect(data);
      await ana.register("ana");
      const made = await runProgram(program, ["user", "reset", "Ana", "--data", data]);
      assert.equal(made.code, 0, made.errors);
      const { secret, port } = parseResetLink(made.output.trim());
      assert.equal(port, server.port);
      const again = await server.connect(data);
      const password = "another long password";
      const welcome = await again.ask({ type: "redeem_reset", secret, password });
      assert.equal(welcome.user?.username, "ana", JSON.stringify(welcome));
      assert.equal((await ana.hear()).code, "revoked");
      assert.equal(await ana.hear(), undefined);
      again.close();
      assert.equal(await server.stop(), 0);
      const unknown = await runProgram(program, ["user", "reset", "ben", "--data", data]);
      assert.deepEqual([unknown.code, unknown.output], [1, ""]);
      assert.match(unknown.errors, /There is nobody named "ben" on this server/);
    }),
);
