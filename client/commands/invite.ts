import { limits } from "../../shared/protocol/mod.ts";
import { type Command, misused } from "./command.ts";
import { withProof } from "./proof.ts";
import { noUsableLink, usableInviteLink } from "./usable_link.ts";

const invitedRoles = ["member", "admin", "guest"] as const;

export const invite: Command = {
  name: "invite",
  group: "server",
  takes: "[USES] [ROLE]",
  firstWord: invitedRoles,
  secondWord: invitedRoles,
  says: "Make an invite link for a colleague, or for USES",
  needs: "invite",
  asks: true,
  async run(desk, words) {
    const [word] = words;
    const isCounted = word !== undefined && /^\d/.test(word);
    const uses = isCounted ? Number(word) : 1;
    if (!Number.isInteger(uses) || uses < 1 || uses > limits.inviteUsesMax) {
      return misused(invite, `USES is a whole number from 1 to ${limits.inviteUsesMax}`);
    }
    const [named] = isCounted ? words.slice(1) : words;
    const role = invitedRoles.find((each) => each === named?.toLowerCase());
    if (named !== undefined && role === undefined) return misused(invite, "ROLE is admin, member or guest");
    return await withProof(desk, "invite", async () => {
      const made = await desk.connection.request({ type: "invite", uses, role });
      const link = usableInviteLink(made.link);
      return link === undefined
        ? noUsableLink
        : { kind: "invite", invite: { ...made, link }, role: role ?? "member" };
    });
  },
};
