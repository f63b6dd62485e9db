import { describe, expect, it } from 'vitest';
import { EngineRefusal } from '../../engine/engine.ts';
import { presets } from '../../experiment/presets.ts';
import { testSubject } from '../../instruments/examination/testSubject.ts';
import { gradients } from '../../instruments/gradientCheck/report.ts';
import { examinations as examiners } from '../../instruments/instruments.ts';
import { blocks } from '../../instruments/layers/report.ts';
import type { Subject } from '../examination.ts';
import { Examining } from './examining.ts';
import type { LabEvent } from './protocol.ts';

const spec = { stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }], ...presets.t7.network } as const;

function examining(onEvent: (event: LabEvent) => void = () => undefined) {
  const events: LabEvent[] = [];
  const emit = (event: LabEvent) => {
    events.push(event);
    onEvent(event);
  };
  return { events, examinations: new Examining({ run: 1, emit, examiners }) };
}

/** A network whose gradients another engine would have to compute. */
async function refusing(error: Error): Promise<Subject> {
  const subject = await testSubject(spec);
  const gradients = () => Promise.reject(error);
  return { ...subject, trainer: { ...subject.trainer, snapshot: () => subject.trainer.snapshot(), gradients } };
}

describe('examinations', () => {
  it('tell all they find, in order', async () => {
    const { events, examinations } = examining();
    const signal = examinations.signalOf(gradients);
    await examinations.perform('a', await testSubject(spec), gradients, signal);
    const done = events.map((event) => (event.type === 'examined' ? event.examined.report.done : null));
    expect(done).toEqual(Array.from({ length: 21 }, (_, index) => index));
  });

  it('end when somebody stops their kind, with what was found until then', async () => {
    const { events, examinations } = examining((event) => {
      if (event.type === 'examined' && event.examined.report.done === 2) examinations.stop('gradients');
    });
    const subject = await testSubject(spec);
    const [ofGradients, ofBlocks] = [gradients, blocks].map((each) => examinations.signalOf(each));
    if (!ofGradients || !ofBlocks) throw new Error('no signals');
    await examinations.perform('a', subject, gradients, ofGradients);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, gradients, ofGradients);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, blocks, ofBlocks);
    expect(events).toHaveLength(4);
    // What is asked for after that is wanted again.
    expect(examinations.signalOf(gradients).aborted).toBe(false);
  });

  it('give way to training where they take long, and only there', () => {
    const { examinations } = examining();
    const [ofGradients, ofBlocks] = [gradients, blocks].map((each) => examinations.signalOf(each));
    examinations.giveWay();
    expect(ofGradients?.aborted).toBe(true);
    expect(ofBlocks?.aborted).toBe(false);
    examinations.stopAll();
    expect(ofBlocks?.aborted).toBe(true);
  });

  it('say what the engine refuses, and leave the training alone', async () => {
    const { events, examinations } = examining();
    const subject = await refusing(new EngineRefusal('too large'));
    await examinations.perform('a', subject, gradients, examinations.signalOf(gradients));
    const problem = { code: 'engine.refusedExamination', values: { reason: 'too large' } };
    expect(events).toEqual([{ type: 'notice', problem }]);
  });

  it('pass on any other error: the engine may have broken', async () => {
    const { examinations } = examining();
    const subject = await refusing(new Error('broken'));
    const performed = examinations.perform('a', subject, gradients, examinations.signalOf(gradients));
    await expect(performed).rejects.toThrow('broken');
  });
});
