import { testCount } from '../experiment/dataRef.ts';
import { deviceText } from '../figure/about.ts';
import { useProgress } from '../lessons/progress.ts';
import { text } from '../messages/messages.ts';
import { useLab } from '../session/hooks.ts';
import { PopoverButton } from '../ui/PopoverButton.tsx';

const words = text.app.badge;

/** The engine that computes, and its speed; a press opens the details. For a newcomer: that this very device computes. */
export function Badge({ isPlain }: { readonly isPlain: boolean }) {
  const engine = useLab((state) => state.engine);
  const speed = useLab((state) => state.speed && words.rate(state.speed.stepsPerSecond));
  const isReduced = useProgress((state) => state.isReduced);
  const dataSet = useLab((state) => state.dataSet?.name ?? null);
  const training = useLab((state) => state.experiment.training);
  if (!engine) return <span className="badge-starting chip-text note">{words.starting}</span>;
  const name = words.engines[engine.engine] ?? engine.engine;
  // Our own engine has no choice of backends: its name says where it runs.
  const isOwn = engine.engine === engine.backend;
  const own = words.own[engine.engine];
  return (
    <PopoverButton
      title={words.title}
      look="chip"
      className="badge"
      face={
        <>
          <span className="badge-dot" aria-hidden="true" />
          {isPlain ? (
            <span className="badge-backend">{words.plain}</span>
          ) : (
            <>
              {own === undefined && <span className="badge-engine">{name} · </span>}
              <span className="badge-backend">{own ?? engine.backend}</span>
            </>
          )}
          {speed !== null && (
            <>
              <span className="badge-backend">·</span>
              <span className="badge-rate">{speed}</span>
            </>
          )}
        </>
      }
    >
      <div className="column">
        <dl className="pairs facts small">
          <dt>{words.engine}</dt>
          <dd>{name}</dd>
          {!isOwn && (
            <>
              <dt>{words.backend}</dt>
              <dd>{engine.backend}</dd>
            </>
          )}
          <dt>{words.device}</dt>
          <dd>{deviceText(engine.device)}</dd>
          <dt>{words.data}</dt>
          <dd>{text.app.dataSet(dataSet, training.train, testCount(training))}</dd>
          <dt>{words.speed}</dt>
          <dd>{speed ?? words.noRate}</dd>
          {isReduced && (
            <>
              <dt>{words.reduced}</dt>
              <dd>{text.lessons.reduced}</dd>
            </>
          )}
        </dl>
        {(engine.engine === 'cpu' || engine.backend === 'wasm') && engine.device.kind === 'cpu' && (
          <p className="note">
            {words.threads(globalThis.crossOriginIsolated, engine.device.threads, globalThis.isSecureContext)}
          </p>
        )}
        <p className="note">{words.truth}</p>
      </div>
    </PopoverButton>
  );
}
