/** This program's version, as it is shown and as the greeting has it. The same stands in deno.json. */
export const version = "0.1.0";
