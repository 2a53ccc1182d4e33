/** What a line to a server is, whatever carries it. Imports `shared/`. */
export { type Dialled, type Line, LineEnded } from "./line.ts";
