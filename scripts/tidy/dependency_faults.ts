import type { Fault } from "./fault.ts";

/**
 * What is wrong with the packages that `denoJson`, the text of deno.json, names: each has an exact version, so that two
 * machines build the same, and a row in the dependency table of `readme`, so that somebody has said why it is there.
 */
export function dependencyFaults(denoJson: string, readme: string): readonly Fault[] {
  const { imports = {} } = JSON.parse(denoJson) as { imports?: Record<string, string> };
  const packages = Object.entries(imports).filter(([, target]) => !/^\.{1,2}\//.test(target));
  return packages.flatMap(([name, target]) => [
    ...exact.test(target) ? [] : [fault(denoJson, name, `is not held to one version of npm. ${pinIt}`)],
    ...isExplained(name, readme)
      ? []
      : [fault(denoJson, name, `has no row in the dependencies. ${explainIt}`)],
  ]);
}

const exact = /^npm:(?:@[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+(?:-[\w.]+)?$/;

const pinIt = "Write its exact version, as in npm:package@1.2.3";

const explainIt = "Write into README.md's table what it is for and why it was chosen";

function isExplained(name: string, readme: string): boolean {
  return readme.split("\n").some((line) => line.startsWith("|") && line.includes(`[${name}](`));
}

function fault(denoJson: string, name: string, text: string): Fault {
  const line = denoJson.split("\n").findIndex((each) => each.includes(`"${name}"`)) + 1;
  return { file: "deno.json", line, text: `the package ${name} ${text}.` };
}
