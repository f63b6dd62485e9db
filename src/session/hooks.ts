import { createContext, useCallback, useContext, useMemo } from 'react';
import { evaluationImages } from '../data/evaluationSample.ts';
import { classCount, type ImageFormat, testCount } from '../experiment/dataRef.ts';
import type { Edited } from '../experiment/edit.ts';
import type { Experiment } from '../experiment/experiment.ts';
import type { Problem } from '../experiment/problem.ts';
import { sentence, text } from '../messages/messages.ts';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import type { Lab } from './store/lab.ts';
import type { LabState } from './store/state.ts';

/** The lab that a page shows. */
export const LabContext = createContext<Lab | null>(null);

function useLabItself(): Lab {
  const lab = useContext(LabContext);
  if (!lab) throw new Error('A part of the lab page stands outside of its LabContext.');
  return lab;
}

/** Part of the lab's state; the component is drawn again when it changes, once a frame at most. */
export function useLab<T>(select: (state: LabState) => T): T {
  return useStorePerFrame(useLabItself().store, select);
}

/** The names of the data set's classes, by label; before they have arrived, the labels. */
export function useClasses(): readonly string[] {
  const names = useLab(({ dataSet }) => dataSet?.classes ?? null);
  const count = useLab(({ experiment }) => classCount(experiment.training));
  return useMemo(() => names ?? Array.from({ length: count }, (_, label) => String(label)), [names, count]);
}

/** What the lab's networks are called. */
export function useNetworkNames(): readonly string[] {
  const networks = useLab(({ experiment }) => experiment.networks);
  const size = useLab(({ experiment }) => experiment.training.size);
  return useMemo(() => text.names.networks(networks, size), [networks, size]);
}

/** What the lab's networks are fed; the same object for as long as it stays so. */
export function useImageFormat(): ImageFormat {
  const size = useLab(({ experiment }) => experiment.training.size);
  const data = useLab(({ experiment }) => experiment.training.data);
  return useMemo(() => ({ size, ...(data && { data }) }), [size, data]);
}

/** How many test images there are to look at one by one. */
export function useTestImages(): number {
  return useLab(({ experiment: { training } }) => Math.min(evaluationImages, testCount(training)));
}

/** The lab's state at the moment of asking, for events. The function stays the same. */
export function useLabState(): () => LabState {
  return useLabItself().store.getState;
}

/** What can be done to the lab. The object stays the same. */
export function useCommands(): Lab['commands'] {
  return useLabItself().commands;
}

/** An edit of the experiment as it is at the moment of the edit. */
type Edit = (experiment: Experiment) => Edited;

/** Applies edits to the experiment; returns the problem of one that is refused, which changes nothing. */
export function useTryEdit(): (edit: Edit) => Problem | null {
  const { store, commands } = useLabItself();
  return useCallback(
    (edit) => {
      const edited = edit(store.getState().experiment);
      if (!edited.ok) return edited.problem;
      commands.setExperiment(edited.value);
      return null;
    },
    [store, commands],
  );
}

/** Applies edits to the experiment; returns the sentence that says why one is refused. */
export function useEdit(): (edit: Edit) => string | null {
  const tryEdit = useTryEdit();
  return useCallback(
    (edit) => {
      const problem = tryEdit(edit);
      return problem && sentence(problem);
    },
    [tryEdit],
  );
}
