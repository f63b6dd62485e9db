/** The words of the training worker, the engines' choice and the store. */
export const labProblems = {
  'engine.failedToStart': 'The engine {engine} did not start ({reason}); the next best is used instead.',
  'engine.none': 'No engine runs in this browser ({reason}). Update the browser, or try another one.',
  'worker.unexpected': 'Training stopped because of an unexpected error: {reason}. Retry starts it again.',
  'worker.crashed':
    'The training worker stopped working, or could not be loaded. {reason} Retry starts it again; if that fails, reload the page.',
  'store.engineResets': 'Another engine computes now: training starts again from step 0.',
};
