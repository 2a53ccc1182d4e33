/** `junit_summary.ts <file>`: prints "N passed, N failed" for a report of `deno test --junit-path`. */

/** Counts the tests of a JUnit report. A skipped test counts as neither. */
export function junitSummary(xml: string): { readonly passed: number; readonly failed: number } {
  const outcomes = [...xml.matchAll(/<testcase\b[^>]*?(?:\/>|>([^]*?)<\/testcase>)/g)].map(([, body]) =>
    body ?? ""
  );
  const failed = outcomes.filter((body) => /<(?:failure|error)\b/.test(body)).length;
  const skipped = outcomes.filter((body) => /<skipped\b/.test(body)).length;
  return { passed: outcomes.length - failed - skipped, failed };
}

function main(file: string): void {
  const { passed, failed } = junitSummary(Deno.readTextFileSync(file));
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) Deno.exitCode = 1;
}

if (import.meta.main) main(Deno.args[0] ?? "junit.xml");
