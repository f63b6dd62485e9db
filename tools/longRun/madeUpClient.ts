import { type NetworkId, networkIds } from '../../src/experiment/experiment.ts';
import { buildGraph } from '../../src/network/build.ts';
import { type LayerMeasurements, type MeasurementRecord, quantities } from '../../src/records/records.ts';
import { packRecords } from '../../src/session/worker/batch.ts';
import type { LabClient, LabListener, NetworkInfo, RunRequest } from '../../src/session/worker/protocol.ts';

/** As often as the worker sends a batch, and as many steps as make ten thousand in a quarter of a minute. */
const BATCH_MS = 33;
const STEPS_PER_BATCH = 22;

function infosOf({ experiment: { networks, training } }: RunRequest): NetworkInfo[] {
  return networks.map((network, index) => ({
    id: networkIds[index] ?? 'a',
    layerNames: buildGraph(network, training).layers.map(({ name }) => name),
    parameters: 0,
    memory: 0,
  }));
}

/** Values between 10⁻⁵ and 1 that move from step to step, and cost next to nothing to make. */
function measurements(step: number, layers: number): LayerMeasurements {
  const values = Float32Array.from(
    { length: layers },
    (_, layer) => 10 ** (-2.5 + 2.5 * Math.sin(step / 40 + layer / 9)),
  );
  return Object.fromEntries(quantities.map((quantity) => [quantity, values])) as unknown as LayerMeasurements;
}

function recordsOf(network: NetworkId, layers: number, from: number, to: number): MeasurementRecord[] {
  const records: MeasurementRecord[] = [];
  for (let step = from; step <= to; step++) {
    const loss = 2.3 / (1 + step / 500) + 0.2 * Math.sin(step);
    records.push({
      type: 'step',
      network,
      step,
      loss,
      learningRate: 0.05,
      layers: measurements(step, layers),
      overflow: null,
    });
    const share = 0.9 / (1 + step / 800);
    if (step % 1000 === 0)
      records.push({ type: 'evaluation', network, step, trainError: share, testError: share + 0.02 });
  }
  return records;
}

/**
 * A client that trains nothing: while it plays, it sends records that it makes up. Examinations are real, of the
 * untrained networks.
 *
 * @param connect starts the client that examines, once somebody asks for that
 */
export function madeUpClient(connect: () => LabClient): LabClient {
  const listeners = new Set<LabListener>();
  let request: RunRequest | null = null;
  let networks: readonly NetworkInfo[] = [];
  let step = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let examiner: LabClient | null = null;
  const emit: LabListener = (event) => {
    for (const listener of listeners) listener(event);
  };
  const status = (kind: 'ready' | 'running' | 'paused' | 'finished'): void => {
    if (request) emit({ type: 'status', run: request.run, status: { kind } });
  };
  const sendBatch = (): void => {
    if (!request) return;
    const last = Math.min(step + STEPS_PER_BATCH, request.experiment.training.steps);
    const records = networks.flatMap(({ id, layerNames }) => recordsOf(id, layerNames.length, step + 1, last));
    const msPerStep = BATCH_MS / STEPS_PER_BATCH;
    const speed = { stepsPerSecond: 1000 / msPerStep, msPerStep, msPerEvaluation: null };
    emit({ type: 'records', run: request.run, batch: packRecords(records), speed });
    step = last;
    if (step < request.experiment.training.steps) return;
    clearInterval(timer);
    status('finished');
  };
  const examinerOf = (loaded: RunRequest): LabClient => {
    if (examiner) return examiner;
    examiner = connect();
    examiner.listen((event) => {
      if (event.type === 'examined' || event.type === 'examinationOver' || event.type === 'dataSet') emit(event);
    });
    examiner.send({ type: 'load', request: loaded });
    return examiner;
  };
  return {
    send(command) {
      switch (command.type) {
        case 'load': {
          const { run } = command.request;
          request = command.request;
          examiner?.send(command);
          networks = infosOf(request);
          step = 0;
          queueMicrotask(() => {
            emit({ type: 'began', run, networks });
            status('ready');
          });
          break;
        }
        case 'play':
          status('running');
          timer = setInterval(sendBatch, BATCH_MS);
          break;
        case 'pause':
          clearInterval(timer);
          status('paused');
          break;
        case 'step':
          sendBatch();
          break;
        case 'examine':
        case 'stopExamining':
          if (request) examinerOf(request).send(command);
      }
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
