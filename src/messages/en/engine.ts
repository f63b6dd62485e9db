/** The words of the engines, their choice and the training worker. */
import { number, plural } from '../format.ts';
import { sentences } from '../sentences.ts';

/** Why a GPU was lost, for brackets. */
function lossReason({ reason }: { readonly reason: string }): string {
  return reason.replace(/\.$/, '') || 'the browser does not say why';
}

export const engineProblems = sentences({
  'engine.failedToStart': 'The engine {engine} did not start ({reason}); the next best is used instead.',
  'engine.silentGpu':
    'The browser did not answer when it was asked for a GPU, so the networks are trained without one. Reload the page to ask again.',
  'engine.slow':
    'The engine has been loading for ten seconds: the connection is slow or stuck. The page goes on waiting; reload it if nothing happens.',
  'engine.refused':
    'The engine {engine} cannot train these networks ({reason}); the next best is used instead, which is slower.',
  'engine.refusedExamination':
    'The engine cannot examine this network ({reason}). Its training is not affected; another engine (?engine=tfjs) may.',
  'engine.lost': (v) =>
    `The GPU was lost (${lossReason(v)}). Training goes on from step ${number(v.step)}, the latest copy: ${plural(v.lost, { one: '# step is', other: '# steps are' })} trained again.`,
  'engine.lostBuilding': (v) =>
    `The GPU was lost (${lossReason(v)}) while the networks were being built: they are built anew.`,
  'engine.resumed': (v) =>
    `Training goes on from step ${number(v.step)}, the latest copy: ${plural(v.lost, { one: '# step is', other: '# steps are' })} trained again.`,
  'engine.none': 'No engine runs in this browser ({reason}). Update the browser, or try another one.',
  'worker.unexpected': 'Training stopped because of an unexpected error: {reason}. “Try again” starts it anew.',
  'worker.notStarted':
    'The training worker could not be started ({reason}). Try again; if that fails, reload the page, or open it by itself if it stands in a frame.',
  'worker.crashed':
    'The training worker stopped working, or could not be loaded. {reason} “Try again” starts it anew; if that fails, reload the page.',
  'store.engineResets': 'Another engine computes now: training starts again from step 0.',
  'run.goesOn': (v) =>
    `This browser has kept this run: it goes on from step ${number(v.step)}, as if it had never stopped. Reset starts it again from step 0.`,
  'run.otherEngine': (v) =>
    `This browser has kept this run up to step ${number(v.step)}, trained by another engine. It goes on from there, with the rounding of this one. Reset starts it again from step 0.`,
  'run.otherVersion': (v) =>
    `Another version of this page has kept this run up to step ${number(v.step)}, and this one cannot go on from there: it starts at step 0, and is not kept. Reset deletes the older run and keeps this one.`,
  'run.otherTab':
    'Another tab trains this experiment, and keeps it for later visits. What is trained in this tab is lost when it is closed.',
  'run.full':
    'The browser has no room left to keep this run: what is trained from here on is lost if the page is closed. Free some disk space; the page tries again every minute.',
  'run.failed':
    'The browser could not keep this run ({reason}): what is trained from here on is lost if the page is closed.',
  'graft.notInserted':
    'These networks are not the trained one with layers inserted, so they cannot go on from what it has learned.',
});

export const engine = {
  /** Where the browser does not name it. */
  gpu: 'GPU',
  /** @param units what its instructions can do beyond the common ones, for instance SIMD */
  cpu: (count: number, units: readonly string[]) =>
    ['CPU', plural(count, { one: '# thread', other: '# threads' }), ...units].join(', '),
};
