import { declarationOf, Refusal, type RequestType, type Role } from "../../shared/protocol/mod.ts";

/** Decides by the frame table whether somebody of this role, or a stranger, may ask this at all. Throws a Refusal. */
export function passGate(type: RequestType, role: Role | undefined): void {
  const { phase, roles } = declarationOf(type);
  if (phase === "member" && role === undefined) {
    throw new Refusal("not_authenticated", `Log in first: "${type}" needs a session`);
  }
  if (phase === "stranger" && role !== undefined) {
    throw new Refusal(
      "already_authenticated",
      "This connection is logged in already. Open another one to log in again",
    );
  }
  if (roles !== undefined && role !== undefined && !roles.includes(role)) {
    throw new Refusal("forbidden", `Only the ${roles.join(" and the ")} may do this`);
  }
}
