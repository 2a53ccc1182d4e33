import type { Folders } from "./terminal/mod.ts";

/** What `chat connect` was told, by arguments and environment. Standard input, output and error are used directly. */
export interface ConnectOptions {
  /** An invite link, or the address of a server; the server of this machine if there is neither. */
  readonly target?: string | undefined;
  /** The account to use, from `--user`. */
  readonly user?: string | undefined;
  /** The room to talk in, from `--room`. */
  readonly room?: string | undefined;
  readonly dataDirectory: string;
  readonly folders: Folders;
  /** Lines that are only ever added to, from `--plain`, or because the terminal is a dumb one. */
  readonly plain: boolean;
  /** From `CHAT_PASSWORD`. */
  readonly password?: string | undefined;
  /** From `NO_COLOR`: neither colours nor other attributes. */
  readonly noColor: boolean;
  /** The name under which the person is known to this machine: a guess at what they want to be called. */
  readonly systemUser?: string | undefined;
}
