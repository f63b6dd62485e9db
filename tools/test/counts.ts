/** How many tests passed and failed, from the JSON reports of the test runners. */
import { existsSync, readFileSync } from 'node:fs';
import * as v from 'valibot';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

const vitestReport = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  /** Files; one that cannot be run has no tests but fails. */
  testResults: v.array(v.object({ status: v.string(), assertionResults: v.array(v.unknown()) })),
});

const playwrightReport = v.object({
  stats: v.object({ expected: v.number(), unexpected: v.number(), flaky: v.number() }),
  /** Outside of any test, for instance a file that cannot be run. */
  errors: v.array(v.unknown()),
});

const nothing: Counts = { passed: 0, failed: 0 };

function read<T extends v.GenericSchema>(file: string, schema: T): v.InferOutput<T> | null {
  return existsSync(file) ? v.parse(schema, JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** @param file written by vitest's `json` reporter; none was written where vitest did not start */
export function vitestCounts(file: string): Counts {
  const report = read(file, vitestReport);
  if (!report) return nothing;
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length };
}

/**
 * A flaky test, which failed and then passed, has passed; Playwright lists it by its name.
 *
 * @param file written by Playwright's `json` reporter
 */
export function playwrightCounts(file: string): Counts {
  const report = read(file, playwrightReport);
  if (!report) return nothing;
  const { expected, unexpected, flaky } = report.stats;
  return { passed: expected + flaky, failed: unexpected + report.errors.length };
}

export function sum(counts: readonly Counts[]): Counts {
  return counts.reduce(
    (total, each) => ({ passed: total.passed + each.passed, failed: total.failed + each.failed }),
    nothing,
  );
}
