/**
 * Every verb that a person has, once for all faces: what it is called, what it takes and what it does. Help,
 * completion and dispatch derive from one table. Imports `shared/`, `client/model`, `client/files` and `client/connection`.
 */
export { anyCodeQuestion, askNewPassword, codeOf } from "./asking.ts";
export { type Asker, type Command, type Desk, groups, isOffered, type Outcome, usage } from "./command.ts";
export { type Completable, complete, type Completion } from "./complete.ts";
export { durationText } from "./duration_word.ts";
export { namedEmoji } from "./emoji_word.ts";
export { keepingText } from "./keep.ts";
export { commands } from "./table.ts";
export { type Intent, understand } from "./understand.ts";
