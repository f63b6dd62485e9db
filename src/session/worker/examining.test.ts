import { describe, expect, it } from 'vitest';
import { EngineRefusal } from '../../engine/engine.ts';
import { presets } from '../../experiment/presets.ts';
import type { Subject } from '../../instruments/examination/subject.ts';
import { testSubject } from '../../instruments/examination/testSubject.ts';
import { Examining } from './examining.ts';
import type { LabEvent } from './protocol.ts';

const spec = { stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }], ...presets.t7.network } as const;

function examining(onEvent: (event: LabEvent) => void = () => undefined) {
  const events: LabEvent[] = [];
  const emit = (event: LabEvent) => {
    events.push(event);
    onEvent(event);
  };
  return { events, examinations: new Examining({ run: 1, emit }) };
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
    const signal = examinations.signalOf('gradients');
    await examinations.perform('a', await testSubject(spec), { kind: 'gradients' }, signal);
    const done = events.map((event) => (event.type === 'examined' ? event.examined.report.done : null));
    expect(done).toEqual(Array.from({ length: 21 }, (_, index) => index));
  });

  it('end when somebody stops their kind, with what was found until then', async () => {
    const { events, examinations } = examining((event) => {
      if (event.type === 'examined' && event.examined.report.done === 2) examinations.stop('gradients');
    });
    const subject = await testSubject(spec);
    const [gradients, blocks] = (['gradients', 'blocks'] as const).map((kind) => examinations.signalOf(kind));
    if (!gradients || !blocks) throw new Error('no signals');
    await examinations.perform('a', subject, { kind: 'gradients' }, gradients);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, { kind: 'gradients' }, gradients);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, { kind: 'blocks' }, blocks);
    expect(events).toHaveLength(4);
    // What is asked for after that is wanted again.
    expect(examinations.signalOf('gradients').aborted).toBe(false);
  });

  it('give way to training where they take long, and only there', () => {
    const { examinations } = examining();
    const [gradients, blocks] = (['gradients', 'blocks'] as const).map((kind) => examinations.signalOf(kind));
    examinations.giveWay();
    expect(gradients?.aborted).toBe(true);
    expect(blocks?.aborted).toBe(false);
    examinations.stopAll();
    expect(blocks?.aborted).toBe(true);
  });

  it('say what the engine refuses, and leave the training alone', async () => {
    const { events, examinations } = examining();
    const subject = await refusing(new EngineRefusal('too large'));
    await examinations.perform('a', subject, { kind: 'gradients' }, examinations.signalOf('gradients'));
    const problem = { code: 'engine.refusedExamination', values: { reason: 'too large' } };
    expect(events).toEqual([{ type: 'notice', problem }]);
  });

  it('pass on any other error: the engine may have broken', async () => {
    const { examinations } = examining();
    const subject = await refusing(new Error('broken'));
    const performed = examinations.perform('a', subject, { kind: 'gradients' }, examinations.signalOf('gradients'));
    await expect(performed).rejects.toThrow('broken');
  });
});
