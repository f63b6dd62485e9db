import { useEffect, useMemo, useRef, useState } from 'react';
import { type NetworkId, networkIds } from '../../experiment/experiment.ts';
import { laterText } from '../../messages/laterText.ts';
import { graphOf } from '../../network/build.ts';
import type { NetworkGraph } from '../../network/graph.ts';
import { useClasses, useCommands, useLab, useTestImages } from '../../session/hooks.ts';
import { ExaminationBar, useExamination } from '../examination/ExaminationBar.tsx';
import { ConfusionChart } from './ConfusionChart.tsx';
import { type InsideChoice, InsideControls } from './Controls.tsx';
import { MapsChart } from './MapsChart.tsx';
import { ProbabilitiesChart } from './ProbabilitiesChart.tsx';
import { confusion as confusedImages, type InsideAsk, type InsideReport, inside as insideOf } from './report.ts';
import { WorstImages } from './WorstImages.tsx';
import './inside.css';

const initial: InsideChoice = { network: 'a', image: 0, label: null, layer: 0, at: 'output' };

/** One test image inside of a network, and which images it confuses. */
export default function InsidePanel() {
  const [wanted, setWanted] = useState(initial);
  const confusion = useExamination(confusedImages);
  const { networks } = confusion;
  const classes = useClasses();
  const graphs = useGraphs();
  const index = Math.max(
    0,
    networks.findIndex(({ id }) => id === wanted.network),
  );
  const graph = graphs[index];
  const layer = Math.min(wanted.layer, (graph?.layers.length ?? 1) - 1);
  const image = Math.min(wanted.image, useTestImages() - 1);
  const choice = { ...wanted, network: networkIds[index] ?? 'a', layer, image };
  const inside = useInside(choice.network, choice);
  const picture = useRef<HTMLDivElement>(null);
  const change = (changes: Partial<InsideChoice>) => setWanted((before) => ({ ...before, ...changes }));
  const start = () => {
    inside.look();
    confusion.start(confusedImages);
  };
  const show = (image: number) => {
    change({ image, label: null });
    picture.current?.focus();
  };
  const { name = '', report = null } = networks[index] ?? {};
  if (!graph) return null;
  return (
    <>
      <ExaminationBar state={confusion} onStart={start} />
      <InsideControls
        choice={choice}
        onChange={change}
        networks={networks.map(({ id, name: label }) => ({ key: id, label }))}
        graph={graph}
        labels={inside.report?.labels ?? null}
      />
      <div className="grid inside-halves">
        <div className="column inside-half">
          <div className="instrument-chart inside-picture" ref={picture} tabIndex={-1}>
            <ProbabilitiesChart id={choice.network} name={name} report={inside.report} classes={classes} />
          </div>
          <Maps name={name} graph={graph} report={inside.report} />
        </div>
        <div className="column inside-half">
          <div className="instrument-chart inside-confusion">
            <ConfusionChart name={name} report={report} classes={classes} />
          </div>
          {report && <WorstImages name={name} report={report} onShow={show} />}
        </div>
      </div>
      <p className="view-text">{laterText.inside.mode}</p>
    </>
  );
}

interface MapsProps {
  /** Of the network. */
  readonly name: string;
  readonly graph: NetworkGraph;
  readonly report: InsideReport | null;
}

/** What the layer that was looked at puts out: a strip where it is dense. */
function Maps({ name, graph, report }: MapsProps) {
  const layer = graph.layers[report?.layer ?? -1];
  const isStrip = layer?.kind === 'dense';
  return (
    <div className={isStrip ? 'instrument-chart inside-strip' : 'instrument-chart'}>
      <MapsChart
        name={name}
        layer={layer?.name ?? ''}
        where={layer?.z === graph.logits ? 'logits' : (report?.at ?? 'output')}
        report={report}
      />
    </div>
  );
}

/** The graphs of the lab's networks, for the names and shapes of their layers. */
function useGraphs(): readonly NetworkGraph[] {
  const { networks, training } = useLab(({ experiment }) => experiment);
  return useMemo(() => networks.map((network) => graphOf(network, training)), [networks, training]);
}

export interface Inside {
  /** What was found last in this network; it says itself of which image and layer. */
  readonly report: InsideReport | null;
  /** Looks, and from then on looks again whenever something else is wished for. */
  readonly look: () => void;
}

/** Looks inside of a network, at what is wished for. */
function useInside(network: NetworkId, { image, layer, at }: InsideAsk): Inside {
  const { examine } = useCommands();
  const report = useLab((state) => state.reports.inside?.[network] ?? null);
  const isUnderWay = useLab(({ examining }) => examining.some(({ kind }) => kind === 'inside'));
  /** How often somebody asked; nothing is computed before the first time. */
  const [asked, setAsked] = useState(0);
  const wish = [asked, network, image, layer, at].join();
  const [fulfilled, setFulfilled] = useState('');
  useEffect(() => {
    // What is asked for while another is under way would be forgotten: it has to wait for its turn.
    if (asked === 0 || isUnderWay || wish === fulfilled) return;
    setFulfilled(wish);
    examine(network, { ...insideOf, image, layer, at });
  }, [asked, isUnderWay, wish, fulfilled, examine, network, image, layer, at]);
  return { report, look: () => setAsked((times) => times + 1) };
}
