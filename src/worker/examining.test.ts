import { describe, expect, it } from 'vitest';
import { EngineRefusal } from '../engine/engine.ts';
import type { Subject } from '../examinations/subject.ts';
import { testSubject } from '../examinations/testSubject.ts';
import { presets } from '../spec/presets.ts';
import { Examining } from './examining.ts';
import type { LabEvent } from './protocol.ts';

const spec = { stack: [{ kind: 'conv', width: 2, stride: 2, count: 1 }], ...presets.t7.network } as const;

function examining(onEvent: (event: LabEvent) => void = () => undefined, isPlaying = () => false) {
  const events: LabEvent[] = [];
  const emit = (event: LabEvent) => {
    events.push(event);
    onEvent(event);
  };
  return { events, examinations: new Examining({ run: 1, emit, isPlaying }) };
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
    await examinations.perform('a', await testSubject(spec), { kind: 'gradients' }, examinations.signal);
    const done = events.map((event) => (event.type === 'examined' ? event.examined.report.done : null));
    expect(done).toEqual(Array.from({ length: 21 }, (_, index) => index));
  });

  it('end when somebody stops them, with what was found until then', async () => {
    const { events, examinations } = examining((event) => {
      if (event.type === 'examined' && event.examined.report.done === 2) examinations.stop();
    });
    const subject = await testSubject(spec);
    const { signal } = examinations;
    await examinations.perform('a', subject, { kind: 'gradients' }, signal);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, { kind: 'blocks' }, signal);
    expect(events).toHaveLength(3);
    await examinations.perform('b', subject, { kind: 'blocks' }, examinations.signal);
    expect(events).toHaveLength(4);
  });

  it('give way to training where they take long, and only there', async () => {
    const { events, examinations } = examining(undefined, () => true);
    const subject = await testSubject(spec);
    await examinations.perform('a', subject, { kind: 'gradients' }, examinations.signal);
    expect(events).toEqual([]);
    await examinations.perform('a', subject, { kind: 'blocks' }, examinations.signal);
    expect(events).toHaveLength(1);
  });

  it('say what the engine refuses, and leave the training alone', async () => {
    const { events, examinations } = examining();
    const subject = await refusing(new EngineRefusal('too large'));
    await examinations.perform('a', subject, { kind: 'gradients' }, examinations.signal);
    const problem = { code: 'engine.refusedExamination', values: { reason: 'too large' } };
    expect(events).toEqual([{ type: 'notice', problem }]);
  });

  it('pass on any other error: the engine may have broken', async () => {
    const { examinations } = examining();
    const subject = await refusing(new Error('broken'));
    const performed = examinations.perform('a', subject, { kind: 'gradients' }, examinations.signal);
    await expect(performed).rejects.toThrow('broken');
  });
});
