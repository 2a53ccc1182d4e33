/** The first account: its owner is asked for on a terminal, or comes with a link that only this machine's user can read. */
import { readFileIfThere, writePrivateFile } from "../shared/files/mod.ts";
import { limits, Refusal, userName } from "../shared/protocol/mod.ts";
import type { World } from "../shared/world/mod.ts";
import { newInvite, signUp } from "./hub/mod.ts";
import type { Server } from "./server.ts";
import { checkNewPassword } from "./sessions/mod.ts";

/** How long an owner link is good: it is made anew at each start, so it need not live longer. */
const ownerLinkLifeMs = 30 * 60 * 1000;

/** Asks a person at the terminal. */
export interface Questions {
  ask(question: string, usual?: string): Promise<string>;
  askHidden(question: string): Promise<string>;
  say(line: string): void;
}

/** Asks for name and password until they will do, and makes the owner's account. */
export async function askForOwner(
  server: Server,
  usualName: string | undefined,
  questions: Questions,
  world: World,
): Promise<void> {
  questions.say("You are the first here. Create the owner account:");
  const name = await untilGood(
    questions,
    async () => userName.read(await questions.ask("Name", usualName), "name"),
  );
  let invite: string | undefined;
  await untilGood(questions, async () => {
    const rule = `${limits.passwordCodePointsMin} characters or more, hidden`;
    const password = await questions.askHidden(`Password (${rule})`);
    await checkNewPassword({ passwords: server.passwords, serverName: () => server.name }, password, name);
    invite ??= makeOwnerInvite(server, world);
    await createOwner(server, name, password, invite);
  });
}

async function untilGood<Result>(questions: Questions, attempt: () => Promise<Result>): Promise<Result> {
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      questions.say(`${error.message}.`);
    }
  }
}

async function createOwner(server: Server, name: string, password: string, invite: string): Promise<void> {
  const passwordHash = await server.passwords.hash(password);
  const refused: Refusal[] = [];
  signUp(server.hub, { name, passwordHash, invite }, undefined, (refusal) => refused.push(refusal));
  server.hub.journal.commit();
  for (const refusal of refused) throw refusal;
}

/** Writes a link by which one person, within half an hour, becomes the owner. Returns the file's path. */
export function writeOwnerLink(
  server: Server,
  world: World,
): string {
  const path = ownerLinkPath(server.config.directory);
  writePrivateFile(path, server.linkTo(makeOwnerInvite(server, world)) + "\n");
  return path;
}

/** Takes the link of an earlier start away: it is useless once there is an owner. */
export function removeOwnerLink(directory: string): void {
  const path = ownerLinkPath(directory);
  if (readFileIfThere(path) !== undefined) Deno.removeSync(path);
}

function ownerLinkPath(directory: string): string {
  return `${directory}/owner-link`;
}

function makeOwnerInvite(server: Server, world: World): string {
  const { secret, change } = newInvite({ role: "owner", uses: 1, lifeMs: ownerLinkLifeMs }, world);
  server.hub.store.commit([change]);
  return secret;
}
