/** What an account may be. The owner runs the server; members talk. */
export const roles = ["owner", "member"] as const;

export type Role = (typeof roles)[number];
