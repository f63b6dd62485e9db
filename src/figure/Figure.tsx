import { memo, type ReactNode, type RefObject, useContext, useMemo } from 'react';
import { networkIds } from '../experiment/experiment.ts';
import { sentence, text } from '../messages/messages.ts';
import { graphOf } from '../network/build.ts';
import { costOf } from '../network/cost.ts';
import { useBox } from '../plot/area.ts';
import { ChartTools, useContent } from '../plot/ChartTools.tsx';
import type { Quantity } from '../records/records.ts';
import { useImageFormat, useLab, useNetworkNames } from '../session/hooks.ts';
import { ErrorChart } from './ErrorChart.tsx';
import { newestOfAll, phrasesAt, tableOf } from './errors.ts';
import { FigureStack } from './FigureStack.tsx';
import { shorter, textWidth } from './fit.ts';
import { type FigureBox, type FigureLayout, type FigureWish, figureLayout, figureParts, type Part } from './layout.ts';
import { shortlyOf, useFinding } from './RunFinding.tsx';
import { type Together, together } from './stack/layout.ts';
import type { ShownNetwork } from './stack/StackDrawing.tsx';
import { isDeadAt, measuredAt, overflowText, stepShown, UntrainedContext } from './stack/values.ts';
import { positions, Scrubber } from './transport/Scrubber.tsx';
import { TransportButtons } from './transport/TransportButtons.tsx';
import { useQuantityAxis } from './useQuantityAxis.ts';
import './figure.css';

/** A form of something said: its words, by which its room is measured, and the same words with emphasis and links, where there are any. */
export interface Saying {
  readonly text: string;
  readonly children?: ReactNode;
}

export interface FigureProps {
  /** Wanted; all unless given. What does not fit is left out, the bars never. */
  readonly parts?: readonly Part[];
  /** Charts with their titles and legends, which stand with the curves or in their place, as far as there is room. */
  readonly charts?: readonly ReactNode[];
  /** What is pointed at. */
  readonly highlight?: 'bars' | 'error' | null;
  /** A line of one height below each network's name, in place of the figure's own words. */
  readonly facts?: (shown: ShownNetwork) => ReactNode;
  /** A line below the rows of each stack, of this width, where type is of this size. */
  readonly foot?: (shown: ShownNetwork, width: number, rem: number) => ReactNode;
  /** Whether the transport has the buttons that train; with none it says where the run is, and goes back in it. */
  readonly hasButtons?: boolean;
  /** What the bars show; the signal gradient unless given. */
  readonly quantity?: Quantity;
  /** The same thing said at several lengths, longest first; what the run showed, once it has ended, unless given. */
  readonly saying?: readonly Saying[];
  /** What the button says that trains, longest first. */
  readonly train?: readonly string[];
  /** What stands behind the transport, as far as there is room: its forms with their widths in rem, widest first. */
  readonly end?: readonly { readonly width: number; readonly children: ReactNode }[];
}

const NOTHING: readonly never[] = [];

/** The experiment of the lab around it as one figure: networks with their bars, curves, a sentence, a transport. It fits the box of its parent. */
export function Figure(props: FigureProps) {
  const { parts = figureParts, charts = NOTHING, quantity = 'signalGradient', facts, foot, highlight } = props;
  const { train = text.figure.train, end = NOTHING, hasButtons = true } = props;
  const [ref, box] = useBox();
  const shown = useShownNetworks(quantity);
  const said = useSaid(props.saying);
  const steps = useLab((state) => state.experiment.training.steps);
  const longest = positions(steps, steps);
  const isFailed = useLab(({ status }) => status.kind === 'failed');
  const faces = isFailed ? [text.app.status.retry] : train;
  const named = useMemo(() => shorter(shown.map(({ name }) => name)), [shown]);
  const beside = useTogether();
  const layout = useLayout(
    { ...box, control: controlHeight() * box.rem },
    {
      parts,
      networks: shown.map((each, index) => ({
        names: named[index] ?? [],
        rows: each.graph.rows.length,
        notes: facts ? [''] : notesOf(each, index === 0),
      })),
      isExplained: !facts,
      charts: charts.length,
      value: text.figure.wrong('100'),
      error: {
        titles: text.figure.errorTitles,
        notes: text.figure.errorNotes,
        value: '100',
        unseen: text.figure.unseen,
      },
      sayings: said.map((each) => each.text),
      transport: {
        hasButtons,
        train: [faces, [text.figure.pause], text.figure.again],
        others: [text.app.transport.reset, text.app.transport.step],
        positions: longest,
        ends: end.map(({ width }) => width),
      },
    },
  );
  return (
    <section className="figure" aria-label={text.figure.name} data-highlight={highlight ?? undefined} ref={ref}>
      {layout.stacks.map((place, index) => {
        const network = shown[index];
        return (
          network && <FigureStack key={network.id} {...{ place, network, facts, foot, rem: box.rem }} beside={beside} />
        );
      })}
      {layout.error && <FigureErrors place={layout.error} shown={shown} />}
      {layout.charts.map((rect, index) => (
        <div key={`${rect.left} ${rect.top}`} className="figure-part figure-more" style={rect}>
          {charts[index]}
        </div>
      ))}
      {parts.includes('sentence') && (
        <div
          className={layout.saying ? 'figure-said' : 'visually-hidden'}
          role="status"
          // Words are measured generously: what they do not need is no empty line.
          {...(layout.saying && { style: { ...layout.saying.rect, height: 'auto' } })}
        >
          {said.length > 0 && <p>{contentOf(said[layout.saying?.form ?? 0])}</p>}
        </div>
      )}
      {layout.transport && (
        <FigureTransport place={layout.transport} end={end} menu={<FigureMenu shown={shown} figure={ref} />} />
      )}
    </section>
  );
}

/** The same layout until something changes of which it depends: a step changes nothing. */
function useLayout(box: FigureBox, wish: FigureWish): FigureLayout {
  const key = JSON.stringify([box, wish]);
  return useMemo(() => figureLayout(...(JSON.parse(key) as [FigureBox, FigureWish]), textWidth), [key]);
}

/** Of a button, in rem: fingers need more. */
function controlHeight(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue('--control')) || 2;
}

const contentOf = (saying: Saying | undefined): ReactNode => saying?.children ?? saying?.text;

/** The networks of the lab, with what is measured of them at the step on view. */
function useShownNetworks(quantity: Quantity): readonly ShownNetwork[] {
  const networks = useLab((state) => state.experiment.networks);
  const format = useImageFormat();
  const runs = useLab((state) => state.runs);
  const viewStep = useLab((state) => state.viewStep);
  const isUntrainedShown = useContext(UntrainedContext);
  const axis = useQuantityAxis(quantity);
  const graphs = useMemo(() => networks.map((network) => graphOf(network, format)), [networks, format]);
  const names = useNetworkNames();
  return useMemo(
    () =>
      networks.flatMap((spec, index) => {
        const id = networkIds[index];
        const graph = graphs[index];
        if (!id || !graph) return [];
        const run = runs[id];
        const step = stepShown(run, viewStep);
        const measured = isUntrainedShown || step > 0 ? measuredAt(run, step, graph.layers.length) : null;
        return { id, name: names[index] ?? '', spec, graph, run, step, measured, quantity, axis };
      }),
    [networks, graphs, names, runs, viewStep, isUntrainedShown, quantity, axis],
  );
}

function useTogether(): Together {
  const networks = useLab((state) => state.experiment.networks);
  const size = useLab((state) => state.experiment.training.size);
  return useMemo(() => together(networks.map((network) => graphOf(network, size))), [networks, size]);
}

/** What is said: why nothing can run, what was asked for, or what the run showed, whole and by its first sentences. */
function useSaid(given: readonly Saying[] | undefined): readonly Saying[] {
  const failure = useLab(({ status }) => (status.kind === 'failed' ? status.problem : null));
  const names = useNetworkNames();
  const finding = useFinding();
  return useMemo(() => {
    if (failure) return [{ text: sentence(failure) }];
    if (given) return given;
    if (!finding) return NOTHING;
    const sentences = text.finding.sentences(finding, names);
    const shortly = shortlyOf(finding, names);
    const whole = sentences.map((_, index) => sentences.slice(0, sentences.length - index).join(' '));
    // That a run was stopped says less than what it had come to.
    const last = finding.isOver || shortly.length === 0 ? whole.length : -1;
    return [...whole.slice(0, last), ...shortly].map((each) => ({ text: each }));
  }, [failure, given, finding, names]);
}

/** What stands below a network's name: that it has stopped or died, or what its bars are, or its size. */
function notesOf({ run, step, graph, quantity }: ShownNetwork, isFirst: boolean): readonly string[] {
  const overflow = overflowText(graph, run, step);
  if (overflow !== null) return overflow;
  if (isDeadAt(run, step)) return [text.stack.died, text.stack.diedShort];
  if (isFirst) return text.figure.bars(text.quantities[quantity].label);
  return text.figure.parameters(costOf(graph).parameters);
}

interface FigureErrorsProps {
  readonly place: NonNullable<FigureLayout['error']>;
  readonly shown: readonly ShownNetwork[];
}

/** The curves of all networks. */
const FigureErrors = memo(function FigureErrors({ place, shown }: FigureErrorsProps) {
  const steps = useLab((state) => state.experiment.training.steps);
  const viewStep = useLab((state) => state.viewStep);
  const networks = useMemo(() => shown.map(chartNetworkOf), [shown]);
  const { rect, plot, title, note } = place;
  return (
    <div className="figure-part" style={rect} data-part="error">
      {title !== null && <h2 className="figure-name">{title}</h2>}
      {note !== null && <p className="note figure-note">{note}</p>}
      <div className="figure-chart" style={{ top: plot.top - rect.top, height: plot.height }}>
        <ErrorChart networks={networks} steps={steps} viewStep={viewStep} place={place} />
      </div>
    </div>
  );
});

interface FigureTransportProps {
  readonly place: NonNullable<FigureLayout['transport']>;
  readonly end: NonNullable<FigureProps['end']>;
  readonly menu: ReactNode;
}

function FigureTransport({ place, end, menu }: FigureTransportProps) {
  const { rect, hasButtons, train, trainWidth, hasStep, hasWords, hasMenu, position, positionWidth } = place;
  const [face = '', pause = '', again = ''] = train;
  return (
    <div className="figure-transport" style={rect}>
      {hasButtons && <TransportButtons faces={[face, pause, again]} width={trainWidth} {...{ hasStep, hasWords }} />}
      <Scrubber room={{ position, width: positionWidth }} />
      {hasMenu && menu}
      {place.end !== null && <div className="rigid">{end[place.end]?.children}</div>}
    </div>
  );
}

const chartNetworkOf = ({ id, name, run }: ShownNetwork) => ({ id, name, run: run ?? null });

interface FigureMenuProps {
  readonly shown: readonly ShownNetwork[];
  readonly figure: RefObject<HTMLElement | null>;
}

/** The figure's errors as a table and as CSV, and the whole of it as a picture. */
function FigureMenu({ shown, figure }: FigureMenuProps) {
  const content = useContent(() => {
    const networks = shown.map(chartNetworkOf);
    const newest = newestOfAll(networks);
    return {
      title: shown.map(({ name }) => name).join(' · '),
      summary:
        newest === null
          ? text.charts.error.empty
          : text.charts.error.summary(newest, phrasesAt(networks, newest, 'error')),
      table: tableOf(networks, 'error'),
    };
  });
  return <ChartTools name={text.figure.name} content={content} figure={figure} />;
}
