import { type ReactNode, useMemo, useState } from 'react';
import { useQuantityAxis } from '../../figure/useQuantityAxis.ts';
import { laterText } from '../../messages/laterText.ts';
import { sizeAxis } from '../../plot/axis.ts';
import { SelectField } from '../../ui/SelectField.tsx';
import { ExaminationBar, useExamination } from '../examination/ExaminationBar.tsx';
import { LayersChart } from './LayersChart.tsx';
import { blocks } from './report.ts';
import { type LayerSeries, sorted } from './series.ts';
import { useLayerSeries, useStepShown } from './useLayerSeries.ts';

const words = laterText.instruments;

const looks = ['layers', 'sorted', 'blocks'] as const;
const options = looks.map((key) => ({ key, label: words.responses.orders[key] }));

/** The standard deviation of each layer's response, in order and sorted, and of what each block adds beside what it adds it to. */
export default function ResponsesPanel() {
  const [look, setLook] = useState<(typeof looks)[number]>('layers');
  const choice = useMemo(
    () => <SelectField label={words.responses.order} isLabelHidden options={options} value={look} onChange={setLook} />,
    [look],
  );
  return look === 'blocks' ? (
    <BlockRatios actions={choice} />
  ) : (
    <Layers isSorted={look === 'sorted'} actions={choice} />
  );
}

function Layers({ isSorted, actions }: { readonly isSorted: boolean; readonly actions: ReactNode }) {
  const series = useLayerSeries('responseStd');
  const axis = useQuantityAxis('responseStd');
  const step = useStepShown();
  const shown = useMemo(() => (isSorted ? series.map(sorted) : series), [series, isSorted]);
  return (
    <div className="instrument-chart">
      <LayersChart
        title={words.responses.title}
        subtitle={words.responses.subtitle(step)}
        actions={actions}
        series={shown}
        axis={axis}
        quantity={words.responses.axis}
        across={isSorted ? words.rank : words.layer}
        isFitted={false}
        empty={words.empty}
      />
    </div>
  );
}

/** How large the branch of every residual block is beside its shortcut. */
function BlockRatios({ actions }: { readonly actions: ReactNode }) {
  const state = useExamination(blocks);
  const { networks } = state;
  const series = useMemo(
    (): readonly LayerSeries[] =>
      networks.map(({ id, name, report }) => ({
        id,
        name,
        step: report?.step ?? 0,
        pin: null,
        values: report?.blocks.map(({ branch, trunk }) => branch / trunk) ?? [],
        layerNames: report?.blocks.map((_, index) => words.responses.block(index + 1)) ?? [],
        layers: [],
        fitted: [],
        theory: null,
        theoryGap: null,
      })),
    [networks],
  );
  const axis = useMemo(() => {
    const sizes = series.flatMap(({ values }) => values).filter((value) => value > 0 && Number.isFinite(value));
    return sizeAxis(Math.min(...sizes), Math.max(0, ...sizes));
  }, [series]);
  const hasShortcuts = networks.some(({ report }) => report === null || report.blocks.length > 0);
  return (
    <>
      <ExaminationBar state={state} onStart={() => state.start(blocks)} />
      <div className="instrument-chart">
        <LayersChart
          title={words.responses.title}
          subtitle={words.responses.ratioSubtitle}
          actions={actions}
          series={series}
          axis={axis}
          quantity={words.responses.ratio}
          across={words.responses.blockAxis}
          isFitted={false}
          empty={hasShortcuts ? words.responses.blocksEmpty : words.responses.noBlocks}
        />
      </div>
    </>
  );
}
