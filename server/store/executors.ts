import type { Change, ChangeKind } from "./change.ts";

/** What stores each kind of change: a kind without one does not compile. */
export type Executors = { readonly [K in ChangeKind]: (change: Extract<Change, { kind: K }>) => void };
