/** A lab under test, whose session runs in this thread, on the reference engine and noise images unless given others. */
import { anyEngine } from '../../engine/choose.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import { when } from '../when.ts';
import { TestSession } from '../worker/testSession.ts';
import { createLab, type Lab } from './lab.ts';
import type { LabState } from './state.ts';

export function labOf(experiment: Experiment, engine?: () => Engine): Lab {
  return createLab(new TestSession(engine && { engine }), { experiment, problems: [], engine: anyEngine });
}

/** The next state of this kind. */
export function became(lab: Lab, kind: LabState['status']['kind']): Promise<LabState> {
  return when(lab, ({ status }) => status.kind === kind);
}

/** Trains to the end. */
export function finished(lab: Lab): Promise<LabState> {
  lab.commands.play();
  return became(lab, 'finished');
}
