import type { ReactNode } from 'react';
import { useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import { sizeAxis } from '../../plot/axis.ts';
import { ExaminationBar } from '../examination/ExaminationBar.tsx';
import { useExamination } from '../examination/useExamination.ts';
import { blocks } from './blocksReport.ts';
import { LayersChart } from './LayersChart.tsx';
import type { LayerSeries } from './series.ts';

const words = text.instruments.responses;

/** How large the branch of every residual block is beside its shortcut. */
export function BlockRatios({ actions }: { readonly actions: ReactNode }) {
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
        layerNames: report?.blocks.map((_, index) => words.block(index + 1)) ?? [],
        layers: [],
        fitted: [],
        theory: null,
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
          title={words.title}
          subtitle={words.ratioSubtitle}
          actions={actions}
          series={series}
          axis={axis}
          quantity={words.ratio}
          across={words.blockAxis}
          isFitted={false}
          empty={hasShortcuts ? words.blocksEmpty : words.noBlocks}
        />
      </div>
    </>
  );
}
