import { makeConfig, readAssignments, startServer, openSocketControl } from "/work/main/server/mod.ts";
import { lineLog, systemClock, systemChance } from "/work/main/shared/world/mod.ts";
const clock = systemClock();
const world = { clock, chance: systemChance(), log: lineLog("json", clock, (l) => { console.log(l.trim()); }) };
const control = openSocketControl();
console.log("control", control !== undefined, Deno.permissions.revokeSync({name:"ffi"}).state);
const config = makeConfig(Deno.args[0]!, { "server.host": "127.0.0.1", "server.port": Deno.args[1] ?? "0", "server.registration": "open" , "limits.rates": Deno.args[2] ?? "off"});
const s = await startServer(config, world, control);
Deno.addSignalListener("SIGTERM", async () => { await s.stop(); Deno.exit(0); });
