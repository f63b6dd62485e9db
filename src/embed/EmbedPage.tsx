import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { aboutLab } from '../figure/about.ts';
import { Depths, History } from '../figure/ChartsPanel.tsx';
import { Figure } from '../figure/Figure.tsx';
import type { Part } from '../figure/layout.ts';
import { useFinding } from '../figure/RunFinding.tsx';
import { useTrainButton } from '../figure/transport/useTrainButton.ts';
import { useQuantityAxis } from '../figure/useQuantityAxis.ts';
import { type InstrumentName, instrumentNames, instruments } from '../instruments/instruments.ts';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { AboutContext } from '../plot/about.ts';
import { type Box, useBox } from '../plot/area.ts';
import { createHovers, HoverContext } from '../plot/linkedHover.ts';
import { LabContext, useLab } from '../session/hooks.ts';
import { newestStep } from '../session/selectors.ts';
import type { Lab } from '../session/store/lab.ts';
import { Button } from '../ui/Button.tsx';
import { PauseIcon, PlayIcon } from '../ui/icons.tsx';
import { useStorePerFrame } from '../ui/useStorePerFrame.ts';
import type { EmbedOptions, EmbedPart } from './address.ts';
import { betLabel, isBetRight } from './bet.ts';
import { type EmbedStore, titleOf } from './scene.ts';
import './embed.css';

const words = text.embed;

const forms = (texts: readonly string[]) => texts.map((each) => ({ text: each }));
const sayings = {
  bars: { before: forms(words.ready), during: forms(words.during) },
  plain: { before: forms(words.readyPlain), during: forms(words.duringPlain) },
  another: forms(words.another),
};

export interface EmbedPageProps {
  readonly lab: Lab;
  readonly store: EmbedStore;
  /** What could not be done as asked. */
  readonly notices: ReactNode;
}

/** A figure that fills its frame: what the options ask for, as far as there is room. */
export function EmbedPage({ lab, store, notices }: EmbedPageProps) {
  const [pointed] = useState(createHovers);
  const about = useCallback(() => aboutLab(lab.store.getState()), [lab]);
  const options = useStorePerFrame(store, (state) => state.options);
  const instrument = instrumentNames.find((name) => name === options.instrument);
  const title = useStorePerFrame(store, ({ scene }) => titleOf(scene));
  const page = useRef<HTMLElement>(null);
  useEffect(() => {
    // Whoever pressed the poster's button goes on at the one in its place; nobody else's focus is taken.
    if (document.hasFocus() && document.activeElement === document.body) {
      page.current?.querySelector<HTMLElement>('.button-primary')?.focus({ preventScroll: true });
    }
  }, []);
  return (
    <LabContext value={lab}>
      <HoverContext value={pointed}>
        <AboutContext value={about}>
          <main className="embed" ref={page}>
            <h1 className="visually-hidden">{title}</h1>
            {notices}
            {instrument ? (
              <Instrument name={instrument} />
            ) : (
              <Body show={options.show}>
                <EmbedFigure store={store} options={options} />
              </Body>
            )}
            {instrument && (
              <div className="embed-strip">
                <EmbedFigure store={store} options={{ ...options, show: ['verdict'] }} />
              </div>
            )}
            <BetLine store={store} />
            {options.ui === 'none' && <Bar store={store} />}
          </main>
        </AboutContext>
      </HoverContext>
    </LabContext>
  );
}

interface EmbedFigureProps {
  readonly store: EmbedStore;
  readonly options: EmbedOptions;
}

function EmbedFigure({ store, options: { show, ui } }: EmbedFigureProps) {
  const isWaiting = useStorePerFrame(store, (state) => state.isWaiting);
  const begun = useLab((state) => newestStep(state) > 0);
  const isRunning = useLab(({ status }) => status.kind === 'running');
  const isEnded = useFinding() !== null;
  const parts = useMemo(
    (): readonly Part[] => [
      ...(['bars', 'error'] as const).filter((part) => show.includes(part)),
      ...(show.includes('verdict') ? (['sentence'] as const) : []),
      ...(ui === 'transport' ? (['transport'] as const) : []),
    ],
    [show, ui],
  );
  const { before, during } = show.includes('bars') ? sayings.bars : sayings.plain;
  const saying = isWaiting ? sayings.another : isRunning || (begun && !isEnded) ? during : isEnded ? undefined : before;
  const href = useStorePerFrame(store, ({ scene }) => scene.href);
  const end = useMemo(() => ends(href), [href]);
  return <Figure parts={parts} train={[words.run]} end={end} {...(saying && { saying })} />;
}

/** What somebody has betted on, and what became of it. */
function BetLine({ store }: { readonly store: EmbedStore }) {
  const bet = useStorePerFrame(store, (state) => state.bet);
  const experiment = useLab((state) => state.experiment);
  const finding = useFinding();
  if (!bet) return null;
  const isRight = finding && isBetRight(bet, finding);
  const said = isRight === null ? text.home.bet.open : isRight ? text.home.bet.right : text.home.bet.wrong;
  return (
    <p className="embed-betted rigid small" role="status">
      {said(betLabel(experiment, bet))}
    </p>
  );
}

/** The way into Depthscope at several widths, in rem. */
function ends(href: string) {
  const link = (children: string) => (
    <a className="embed-open" href={href} target="_blank" rel="noopener" aria-label={words.open}>
      {children}
    </a>
  );
  return [
    { width: 10, children: link(`${words.open} ${words.openShortest}`) },
    { width: 4.5, children: link(`${words.openShort} ${words.openShortest}`) },
    { width: 1.5, children: link(words.openShortest) },
  ];
}

/** The least room of a chart, and what the figure keeps beside or above it, in rem. */
const CHART = { width: 15, height: 11 };
const FIGURE = { width: 22, height: 17 };

/** Where the charts beside the figure stand, and how many of them fit. */
export function chartPlaces(
  { width, height, rem }: Box,
  wanted: number,
): { isTall: boolean; count: number; size: number } {
  const isTall = height > 1.15 * width;
  const [along, across] = isTall ? [height, width] : [width, height];
  const [figure, least] = isTall ? [FIGURE.height, CHART.height] : [FIGURE.width, CHART.width];
  const left = along - figure * rem;
  if (wanted === 0 || left < least * rem || across < (isTall ? CHART.width : CHART.height) * rem) {
    return { isTall, count: 0, size: 0 };
  }
  if (isTall) {
    const count = Math.min(wanted, Math.floor(left / (least * rem)));
    return { isTall, count, size: Math.max(count * least * rem, Math.min(left, (0.3 * count * along) / 1)) };
  }
  const count = Math.min(wanted, Math.floor(across / (CHART.height * rem)));
  return { isTall, count, size: Math.max(least * rem, Math.min(left, 0.38 * along)) };
}

interface BodyProps {
  readonly show: readonly EmbedPart[];
  /** The figure. */
  readonly children: ReactNode;
}

/** The figure with its charts beside it, or below it where the frame is tall; a chart that has no room is left out. */
function Body({ show, children }: BodyProps) {
  const [ref, box] = useBox();
  const wanted = show.filter((part) => part === 'depth' || part === 'history');
  const hasFigure = show.includes('bars') || show.includes('error');
  const { isTall, count, size } = chartPlaces(box, wanted.length);
  const charts = (hasFigure ? wanted.slice(0, count) : wanted).map((part) => (
    <div key={part} className="embed-chart column grow unlabelled">
      {part === 'depth' ? <Depths /> : <BarsByStep />}
    </div>
  ));
  const isBelow = isTall || !hasFigure;
  return (
    <div className="embed-body grow" ref={ref} data-tall={isBelow || undefined}>
      {!hasFigure && <div className="embed-charts column grow">{charts}</div>}
      <div className={hasFigure ? 'grow' : 'embed-strip'}>{children}</div>
      {hasFigure && charts.length > 0 && (
        <div className="embed-charts column rigid" style={isTall ? { height: size } : { width: size }}>
          {charts}
        </div>
      )}
    </div>
  );
}

const QUANTITY = 'signalGradient';

function BarsByStep() {
  return <History quantity={QUANTITY} axis={useQuantityAxis(QUANTITY)} />;
}

function Instrument({ name }: { readonly name: InstrumentName }) {
  const Panel = useMemo(() => lazy(instruments[name].panel), [name]);
  return (
    <section className="embed-instrument grow" aria-label={laterText.instruments.names[name]}>
      <Suspense fallback={<p className="view-loading">{text.app.views.loading}</p>}>
        <Panel />
      </Suspense>
    </section>
  );
}

/** The least that whoever sees something move needs: a button that stops it, and the way into Depthscope. */
function Bar({ store }: { readonly store: EmbedStore }) {
  const { act, press, ...button } = useTrainButton();
  const word = { train: words.run, pause: words.pause, again: text.figure.again[0], retry: text.app.status.retry }[act];
  const href = useStorePerFrame(store, ({ scene }) => scene.href);
  return (
    <div className="embed-bar in-line rigid">
      <Button look="primary" onPress={press} {...button}>
        {act === 'pause' ? <PauseIcon /> : <PlayIcon />}
        {word}
      </Button>
      <span className="grow" />
      <a className="embed-open" href={href} target="_blank" rel="noopener">
        {words.open} {words.openShortest}
      </a>
    </div>
  );
}
