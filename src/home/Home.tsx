/** The first screen: the question, two networks that answer it, and where to go from there. */
import { useMemo } from 'react';
import { HandInButton } from '../classroom/handIn/HandInButton.tsx';
import { Figure } from '../figure/Figure.tsx';
import { useFinding } from '../figure/RunFinding.tsx';
import { useTrainButton } from '../figure/transport/useTrainButton.ts';
import { text } from '../messages/messages.ts';
import { useCommands, useLab } from '../session/hooks.ts';
import { newestStep } from '../session/selectors.ts';
import type { SweepRoomOptions } from '../session/sweeps/room.ts';
import { Button } from '../ui/Button.tsx';
import { Segmented } from '../ui/Segmented.tsx';
import { AllDepths } from './AllDepths.tsx';
import { Bet } from './Bet.tsx';
import { Depths } from './Depths.tsx';
import { Photos } from './Photos.tsx';
import { type Depth, depthOfPair, depths, pairOf } from './pair.ts';
import { Words } from './Words.tsx';
import './home.css';

const words = text.home;

const said = (forms: readonly string[]) => forms.map((each) => ({ text: each }));
/** What is said until the run has shown something, longest first. */
const before = said(words.before);
/** Until there are bars to speak of. */
const first = before.slice(-1);

export interface HomeProps extends SweepRoomOptions {
  /** Opens the lesson that tells why. */
  readonly onWhy: () => void;
}

export function Home({ onWhy, ...sweep }: HomeProps) {
  const experiment = useLab((state) => state.experiment);
  const depth = useMemo(() => depthOfPair(experiment), [experiment]);
  return depth === null ? <OtherNetworks /> : <Pair depth={depth} onWhy={onWhy} sweep={sweep} />;
}

/** The lab holds what somebody has made there: it is not put away without a word. */
function OtherNetworks() {
  const { open } = useCommands();
  return (
    <main className="column home">
      <h1 className="home-title">{words.title}</h1>
      <p>{words.other}</p>
      <div>
        <Button look="primary" onPress={() => open(pairOf(38))}>
          {words.back}
        </Button>
      </div>
    </main>
  );
}

interface PairProps {
  readonly depth: Depth;
  readonly onWhy: () => void;
  readonly sweep: SweepRoomOptions;
}

function Pair({ depth, onWhy, sweep }: PairProps) {
  const { open } = useCommands();
  const training = useLab(({ experiment }) => experiment.training);
  const finding = useFinding();
  const isOver = finding?.isOver ?? false;
  const begun = useLab((state) => newestStep(state) > 0);
  const choose = (layers: Depth) => open(pairOf(layers, training));
  const isRunning = useLab(({ status }) => status.kind === 'running');
  const areMeasured = useLab(({ runs }) => Boolean(runs.a?.untrained && runs.b?.untrained));
  const during = useMemo(() => said(words.during(training.batch)), [training.batch]);
  const saying = isRunning ? during : areMeasured ? before : first;
  return (
    <main className="grid home">
      <div className="home-head">
        <h1 className="home-title">{words.title}</h1>
        <p className="home-lede">
          {words.lede(depth)} {words.difference} <strong className="home-shortcut">{words.shortcut}</strong>{' '}
          {words.around}
        </p>
      </div>
      <div className="row home-ask">
        <Segmented
          label={words.layers}
          options={depths.map((each) => ({ key: String(each), label: String(each) }))}
          value={String(depth)}
          onChange={(key) => choose(Number(key) as Depth)}
        />
        <Bet depth={depth} isBegun={begun} finding={isOver ? finding : null} />
      </div>
      <div className="home-figure">
        <Figure train={words.train} {...(!finding && { saying })} />
      </div>
      <section className="row home-next" aria-label={words.next.label}>
        {isOver && (
          <>
            <Button look="primary" onPress={onWhy}>
              <Words of={words.next.why} />
            </Button>
            <NextDepth depth={depth} onChoose={choose} />
            <HandInButton look="plain" />
          </>
        )}
        <AllDepths training={training} {...sweep} />
        <Button className="home-lab" onPress={() => sweep.views.setState({ view: 'lab' })}>
          {words.next.lab}
        </Button>
      </section>
      <div className="column home-side">
        <Photos isOver={isOver} />
        <div className="column home-depths unlabelled panel">
          <Depths />
        </div>
      </div>
      <TrainBar />
    </main>
  );
}

/** One depth that is worth a try: does it need depth at all, and does more of it help? */
function NextDepth({ depth, onChoose }: { readonly depth: Depth; readonly onChoose: (depth: Depth) => void }) {
  const next = depth === 8 ? 56 : depth === 56 ? 20 : 8;
  return (
    <Button onPress={() => onChoose(next)}>
      <Words of={words.next.depth(next)} />
    </Button>
  );
}

/** In reach of the thumb, where the figure's own button may be out of sight. */
function TrainBar() {
  const step = useLab(newestStep);
  const steps = useLab(({ experiment }) => experiment.training.steps);
  const { act, press, ...button } = useTrainButton();
  const { pause, again } = text.figure;
  const word = { train: words.train[0], pause, again: again[0], retry: text.app.status.retry }[act];
  return (
    <div className="home-bar">
      <Button look={act === 'again' ? 'plain' : 'primary'} onPress={press} {...button}>
        {word}
      </Button>
      {step > 0 && <span>{text.app.transport.position(step, steps)}</span>}
    </div>
  );
}
