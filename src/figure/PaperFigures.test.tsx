import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Experiment } from '../experiment/experiment.ts';
import { paperExperiment } from '../experiment/paper.ts';
import { LabContext } from '../session/hooks.ts';
import type { Lab } from '../session/store/lab.ts';
import { testRun } from '../session/testRuns.ts';
import { PaperFigures } from './PaperFigures.tsx';

/** What stands beside the curves when network b has been evaluated. */
function drawn(experiment: Experiment): string {
  const b = testRun('seed=1', 0, { evaluations: [{ step: 400, trainError: 0.5, testError: 0.5123 }] });
  const store = { getState: () => ({ experiment, runs: { b } }), subscribe: () => () => undefined };
  return renderToStaticMarkup(
    <LabContext value={{ store } as unknown as Lab}>
      <PaperFigures />
    </LabContext>,
  );
}

test('the figures of He et al. stand beside what is measured here, marked as theirs', () => {
  const markup = drawn(paperExperiment(110));
  expect(markup).toContain('<td>above 60%, not drawn</td><td>not measured yet</td>');
  expect(markup).toContain('<td>6.43% (6.61 ± 0.16)</td><td>51.23%, step 400</td>');
  expect(markup).toContain('Their figures, not measured here');
  expect(drawn(paperExperiment(1202))).toContain('<td>7.93%</td><td>not measured yet</td>');
});

test('none stand beside other images', () => {
  const { networks, training } = paperExperiment(20);
  const { data: _, ...rest } = training;
  expect(drawn({ networks, training: rest })).toBe('');
});
