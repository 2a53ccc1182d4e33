/**
 * What an account may be, from the most to the least. Owners decide about everything, also about each other; admins
 * about members and guests; members talk and make rooms; guests talk in the rooms that they were taken into.
 */
export const roles = ["owner", "admin", "member", "guest"] as const;

export type Role = (typeof roles)[number];

/** Groups of roles for the table of requests, which names one of them for each. */
export const everybody: readonly Role[] = roles;
export const colleagues: readonly Role[] = ["owner", "admin", "member"];
export const staff: readonly Role[] = ["owner", "admin"];
export const owners: readonly Role[] = ["owner"];

/** What somebody may be in one room. Who makes a room is its first moderator. */
export const standings = ["moderator", "member", "muted"] as const;

export type Standing = (typeof standings)[number];

/** What to be notified of in one room. */
export const levels = ["all", "mentions", "nothing"] as const;

export type Level = (typeof levels)[number];

/**
 * What a bot may do, each by itself: `read` is hearing, reading and finding what is said in its rooms, `send` saying something there and
 * what belongs to that, `files` uploading.
 */
export const scopes = ["read", "send", "files"] as const;

export type Scope = (typeof scopes)[number];

/** How somebody can be here. */
export const presences = ["online", "away", "busy", "offline"] as const;

export type Presence = (typeof presences)[number];
