import { useEffect, useState } from 'react';
import { type BlockSizes, type BlocksReport, blocks } from '../../../instruments/layers/report.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { exact } from '../../../plot/format.ts';
import { useCommands, useLab } from '../../../session/hooks.ts';
import { newestStep } from '../../../session/selectors.ts';
import { Slider } from '../../../ui/Slider.tsx';

const words = lessonText.extras.block;

/** Steps between two looks at the blocks of a running network: each costs about a second on the side. */
const EVERY = 20;

/** Asks for the sizes of the blocks at the start, now and then on the way, and at the end. */
function useBlocks(): BlocksReport | null {
  const { examine } = useCommands();
  const report = useLab((state) => state.reports.blocks?.a ?? null);
  const kind = useLab(({ status }) => status.kind);
  const begun = useLab(({ runs }) => Object.keys(runs).length > 0);
  const stage = useLab((state) => Math.floor(newestStep(state) / EVERY));
  const isSettled = kind === 'ready' || kind === 'paused' || kind === 'finished';
  useEffect(() => {
    if (begun && stage >= 0 && (isSettled || kind === 'running')) examine('a', blocks);
  }, [begun, isSettled, kind, stage, examine]);
  return report;
}

/** A residual block with the sizes of its two summands, and their ratio in every block. */
export default function BlockView() {
  const report = useBlocks();
  const [chosen, setChosen] = useState<number | null>(null);
  const blocks = report?.blocks ?? [];
  const index = Math.min(chosen ?? blocks.length - 1, blocks.length - 1);
  const block = blocks[index] ?? null;
  return (
    <figure className="column lesson-card">
      <figcaption className="lesson-ask-label">{words.caption}</figcaption>
      <Drawing block={block} />
      {report && block ? (
        <>
          <div className="gain">
            <Slider
              label={words.which}
              min={1}
              max={blocks.length}
              step={1}
              value={index + 1}
              valueText={words.ofBlocks(index + 1, blocks.length)}
              onChange={(value) => setChosen(value - 1)}
            />
            <output className="note">{words.ofBlocks(index + 1, blocks.length)}</output>
          </div>
          <Ratios blocks={blocks} index={index} />
          <p className="note">{words.images(report.images, report.step)}</p>
        </>
      ) : (
        <p className="note">{words.empty}</p>
      )}
    </figure>
  );
}

/** Widths of the arrows: the larger summand's is this many pixels. */
const WIDEST = 14;

function Drawing({ block }: { readonly block: BlockSizes | null }) {
  const largest = block ? Math.max(block.trunk, block.branch, 1e-9) : 1;
  const width = (size: number) => Math.max(1, (WIDEST * size) / largest);
  const [trunk, branch] = [width(block?.trunk ?? 0.2), width(block?.branch ?? 0.2)];
  const name = (label: string, size: number | undefined) =>
    size === undefined ? label : words.size(label, exact(size));
  return (
    <svg
      className="block-drawing"
      viewBox="0 0 320 212"
      role="img"
      aria-label={`${name('x', block?.trunk)}, ${name('F(x)', block?.branch)}`}
    >
      <path className="block-trunk" strokeWidth={trunk} d="M110,14 V26 H232 V164 H124" />
      <path className="block-branch" strokeWidth={branch} d="M110,26 V152" />
      <path className="block-out" strokeWidth={2} d="M110,176 V206" />
      {[44, 100].map((top) => (
        <g key={top}>
          <rect className="block-box" x="50" y={top} width="120" height="30" rx="6" />
          <text className="block-text" x="110" y={top + 15}>
            {words.weightLayer}
          </text>
        </g>
      ))}
      <text className="block-note" x="122" y="88">
        {words.relu}
      </text>
      <text className="block-note" x="122" y="198">
        {words.relu}
      </text>
      <circle className="block-plus" cx="110" cy="164" r="12" />
      <text className="block-text" x="110" y="164">
        +
      </text>
      <text className="block-note" x="100" y="14" textAnchor="end">
        x
      </text>
      <text className="block-value" x="0" y="148">
        {name('F(x)', block?.branch)}
      </text>
      <text className="block-value" x="262" y="98" textAnchor="middle">
        {block ? 'std x' : 'x'}
      </text>
      {block && (
        <text className="block-value" x="274" y="114" textAnchor="middle">
          {`= ${exact(block.trunk)}`}
        </text>
      )}
    </svg>
  );
}

interface RatiosProps {
  readonly blocks: readonly BlockSizes[];
  readonly index: number;
}

function Ratios({ blocks, index }: RatiosProps) {
  const ratios = blocks.map(({ branch, trunk }) => branch / trunk);
  const highest = Math.max(1, ...ratios.filter(Number.isFinite));
  const step = 288 / ratios.length;
  const y = (ratio: number) => 84 - (74 * ratio) / highest;
  const [first, last] = [ratios[0] ?? Number.NaN, ratios.at(-1) ?? Number.NaN];
  const ends = [words.perBlock(1, exact(first)), words.perBlock(ratios.length, exact(last))].join(', ');
  return (
    <svg className="block-ratios" viewBox="0 0 320 112" role="img" aria-label={`${words.chart}: ${ends}`}>
      {[0, 1].map((ratio) => (
        <g key={ratio}>
          <line className={ratio === 0 ? 'chart-base' : 'chart-grid'} x1="28" x2="316" y1={y(ratio)} y2={y(ratio)} />
          <text className="curve-tick" x="22" y={y(ratio)} textAnchor="end" dominantBaseline="central">
            {ratio}
          </text>
        </g>
      ))}
      {ratios.map((ratio, i) => (
        <rect
          key={blocks[i]?.layer}
          className="block-ratio"
          data-chosen={i === index || undefined}
          x={29 + i * step}
          width={Math.max(1, step - 2)}
          y={y(Math.min(ratio, highest))}
          height={Math.max(0, 84 - y(Math.min(ratio, highest)))}
        />
      ))}
      <text className="curve-tick" x="28" y="104">
        {words.chart}
      </text>
    </svg>
  );
}
