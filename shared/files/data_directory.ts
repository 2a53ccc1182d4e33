/** The environment variables that decide where a person's data is. */
export const dataVariables = ["XDG_DATA_HOME", "HOME", "LOCALAPPDATA", "USERPROFILE"] as const;

export type DataEnvironment = Readonly<Partial<Record<(typeof dataVariables)[number], string>>>;

/**
 * Where this system keeps a program's data: `$XDG_DATA_HOME/chat` or `~/.local/share/chat` (XDG Base Directory
 * Specification), `~/Library/Application Support/chat` on macOS, `%LOCALAPPDATA%\chat` on Windows. Undefined where the
 * environment names no home.
 */
export function defaultDataDirectory(environment: DataEnvironment, os: string): string | undefined {
  const { XDG_DATA_HOME, HOME, LOCALAPPDATA, USERPROFILE } = environment;
  if (os === "windows") return within(LOCALAPPDATA, "chat") ?? within(USERPROFILE, "AppData/Local/chat");
  if (XDG_DATA_HOME?.startsWith("/")) return `${XDG_DATA_HOME}/chat`;
  return within(HOME, os === "darwin" ? "Library/Application Support/chat" : ".local/share/chat");
}

function within(directory: string | undefined, path: string): string | undefined {
  return directory ? `${directory}/${path}` : undefined;
}
