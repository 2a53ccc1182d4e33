import { dependencyFaults } from "../tidy/dependency_faults.ts";
import { CleanPlace, copyProject } from "./clean_build.ts";
import { type LockedPackage, lockedPackagesIn } from "./locked_packages.ts";
import type { Bar } from "./verdict.ts";

const ageDaysMin = 7, dayMs = 86_400_000;

export const supplyChain: Bar = {
  says: "two clean builds are the same byte for byte; packages are pinned, explained, aged and run nothing",
  run: async (say) => {
    const folder = Deno.makeTempDirSync({ prefix: "chat-bar-" });
    try {
      const [first, second] = await twoPlaces(folder);
      await first.install();
      const packages = await lockedPackagesIn(first);
      const one = await first.build(), other = await second.build();
      const isSame = one.executable === other.executable && one.sbom === other.sbom;
      say(`first build:  chat ${one.executable}, chat.cdx.json ${one.sbom}`);
      say(`second build: chat ${other.executable}, chat.cdx.json ${other.sbom}`);
      const scripted = packages.filter(({ installScripts }) => installScripts.length > 0);
      say(`with install scripts: ${namesOf(scripted)}`);
      const loose = dependencyFaults(textIn(first, "deno.json"), textIn(first, "README.md"));
      for (const { text } of loose) say(text);
      const { frozen } = JSON.parse(textIn(first, "deno.json")).lock;
      const age = ageOf(packages, say);
      const audit = await auditOf(first, say);
      return {
        passed: isSame && frozen === true && scripted.length + loose.length === 0 && age.passed &&
          audit.passed,
        figure: `two builds ${isSame ? "identical" : "DIFFER"}; lock ${frozen ? "frozen" : "NOT frozen"}; ` +
          `${packages.length} packages, ${scripted.length} with install scripts, ${loose.length} not pinned or ` +
          `not explained (target: 0); ${age.figure}; ${audit.figure}`,
      };
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
};

/** Two copies, at paths of different lengths. */
async function twoPlaces(folder: string): Promise<readonly [CleanPlace, CleanPlace]> {
  const [first, second] = [
    new CleanPlace(`${folder}/one`),
    new CleanPlace(`${folder}/another/place/than/that`),
  ];
  await copyProject(first.project);
  await copyProject(second.project);
  return [first, second];
}

interface Finding {
  readonly passed: boolean;
  readonly figure: string;
}

/** A package that was taken over is mostly found out within days. */
function ageOf(packages: readonly LockedPackage[], say: (line: string) => void): Finding {
  const unknown = packages.filter(({ published }) => published === undefined);
  if (unknown.length > 0) say(`the registry did not say how old these are: ${namesOf(unknown)}`);
  const [youngest] = packages.toSorted((a, b) => (b.published ?? 0) - (a.published ?? 0));
  if (youngest?.published === undefined) return { passed: true, figure: "no age known" };
  const days = Math.floor((Date.now() - youngest.published) / dayMs);
  say(`youngest package: ${youngest.key}, ${days} days`);
  return { passed: days >= ageDaysMin, figure: `youngest ${days} days old (target: at least ${ageDaysMin})` };
}

/** That the registry cannot be asked for holes is told, and is no failure of this program. */
async function auditOf(place: CleanPlace, say: (line: string) => void): Promise<Finding> {
  const { success, said } = await place.deno("audit");
  if (success) return { passed: true, figure: "no known holes" };
  const [first = ""] = said.split("\n");
  if (/error sending request|status code|registry/i.test(first)) {
    say(`deno audit: ${first}`);
    return { passed: true, figure: "the registry could not be asked for known holes" };
  }
  say(said);
  return { passed: false, figure: "KNOWN HOLES, see above" };
}

function textIn(place: CleanPlace, path: string): string {
  return Deno.readTextFileSync(`${place.project}/${path}`);
}

function namesOf(packages: readonly LockedPackage[]): string {
  return packages.length === 0 ? "none" : packages.map(({ key }) => key).join(", ");
}
