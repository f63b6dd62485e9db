/** How the state of the lab follows from what the worker tells. Pure: state and event in, state out. */

import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { appendRecords, emptyRun } from '../../records/run.ts';
import type { Examined } from '../examination.ts';
import { withFinished } from '../runs.ts';
import { type RecordBatch, unpackRecords } from '../worker/batch.ts';
import type { LabEvent, NetworkInfo, Status } from '../worker/protocol.ts';
import { type LabState, runsOf, withNotice } from './state.ts';

function began({ experiment }: LabState, networks: readonly NetworkInfo[]): Partial<LabState> {
  const runs = Object.fromEntries(
    networks.map(({ id, layerNames, memory }) => [id, emptyRun(layerNames, memory, experiment.training)]),
  );
  // After a failure, networks that have been built again know nothing of what was found in those before.
  return { runs, viewStep: null, reports: {}, graft: null };
}

function recorded(state: LabState, batch: RecordBatch): LabState['runs'] {
  const records = unpackRecords(batch);
  const runs = { ...state.runs };
  for (const id of networkIds) {
    const run = runs[id];
    const own = records.filter(({ network }) => network === id);
    if (run && own.length > 0) runs[id] = appendRecords(run, own);
  }
  return runs;
}

function became(state: LabState, status: Status): Partial<LabState> {
  const shown = status.kind === 'loading' ? { ...status, ...state.dataProgress } : status;
  const speed = status.kind === 'running' ? state.speed : null;
  const finished =
    status.kind === 'finished' ? withFinished(state.finished, runsOf({ ...state, status })) : state.finished;
  const examining = status.kind === 'failed' ? [] : state.examining;
  const isPlaying = state.isPlaying && status.kind !== 'finished' && status.kind !== 'failed';
  return { status: shown, isPlaying, speed, finished, examining };
}

function progressed(state: LabState, bytes: number, total: number): Partial<LabState> {
  const progress = { bytes, total };
  const { status } = state;
  return { dataProgress: progress, status: status.kind === 'loading' ? { ...status, ...progress } : status };
}

function withReport({ reports }: LabState, network: NetworkId, { kind, report }: Examined): LabState['reports'] {
  return { ...reports, [kind]: { ...reports[kind], [network]: report } };
}

/** What an engine that has come makes untrue. */
function withoutSlowStart(notices: LabState['notices']): LabState['notices'] {
  return notices.filter(({ problem }) => problem.code !== 'engine.slow');
}

/**
 * What an event changes.
 * @param current the run that the page asked for last; events about an earlier one change nothing
 */
export function changesBy(state: LabState, event: LabEvent, current: number): Partial<LabState> {
  if ('run' in event && event.run !== current) return {};
  switch (event.type) {
    case 'status':
      return became(state, event.status);
    case 'began':
      return began(state, event.networks);
    case 'records': {
      const speed = state.status.kind === 'running' ? event.speed : null;
      const lastSpeed = event.speed ? { experiment: state.experiment, speed: event.speed } : state.lastSpeed;
      return { runs: recorded(state, event.batch), speed, lastSpeed };
    }
    case 'imagesArrived':
      return { dataProgress: { bytes: state.dataProgress.total, total: state.dataProgress.total } };
    case 'kept':
      return {};
    case 'grafted':
      return { graft: event.report };
    case 'examined':
      return { reports: withReport(state, event.network, event.examined) };
    case 'examinationOver':
      return {
        examining: state.examining.filter(({ network, kind }) => network !== event.network || kind !== event.kind),
      };
    case 'engine':
      return { engine: event.engine, lastSpeed: null, notices: withoutSlowStart(state.notices) };
    case 'dataSet':
      return { dataSet: event.dataSet };
    case 'dataProgress':
      return progressed(state, event.bytes, event.total);
    case 'notice':
      return { notices: withNotice(state.notices, event.problem) };
  }
}
