import { useEffect, useState } from 'react';
import { type BlockSizes, type BlocksReport, blocks } from '../../../instruments/layers/report.ts';
import { lessonText } from '../../../messages/lessonText.ts';
import { exact } from '../../../plot/format.ts';
import { Axes, PlaneContext, usePlaneIn } from '../../../plot/plane.tsx';
import { cellAxis, valueAxis } from '../../../plot/scale.ts';
import { useCommands, useLab } from '../../../session/hooks.ts';
import { newestStep } from '../../../session/selectors.ts';
import { Slider } from '../../../ui/Slider.tsx';

const words = lessonText.extras.block;

/** How the block's words are written. */
const centred = { fill: 'var(--ink)', fontSize: 13, dominantBaseline: 'central', textAnchor: 'middle' } as const;
const small = { fill: 'var(--ink-soft)', fontSize: 12 };
const strong = { fill: 'var(--ink)', fontSize: 12, fontWeight: 'var(--bold)' };

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

/** Stands, unseen, where the sizes will be: what is below them does not move when they arrive. */
const unknown: readonly BlockSizes[] = [{ layer: 0, trunk: 1, branch: 1 }];

/** A residual block with the sizes of its two summands, and their ratio in every block. */
export default function BlockView() {
  const report = useBlocks();
  const [chosen, setChosen] = useState<number | null>(null);
  const blocks = report?.blocks.length ? report.blocks : unknown;
  const index = Math.min(chosen ?? blocks.length - 1, blocks.length - 1);
  const block = blocks === unknown ? null : (blocks[index] ?? null);
  return (
    <figure className="column lesson-card block">
      <figcaption className="heavy">{words.caption}</figcaption>
      <Drawing block={block} />
      <div className="column" style={{ visibility: block ? undefined : 'hidden' }}>
        <div className="gain in-line">
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
      </div>
      <p className="note">{report && block ? words.images(report.images, report.step) : words.empty}</p>
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
      className="full"
      viewBox="0 0 320 212"
      role="img"
      aria-label={`${name('x', block?.trunk)}, ${name('F(x)', block?.branch)}`}
    >
      <path
        fill="none"
        stroke="var(--network-b)"
        strokeLinejoin="round"
        strokeWidth={trunk}
        d="M110,14 V26 H232 V164 H124"
      />
      <path fill="none" stroke="var(--network-a)" strokeWidth={branch} d="M110,26 V152" />
      <path fill="none" stroke="var(--ink-soft)" strokeWidth={2} d="M110,176 V206" />
      {[44, 100].map((top) => (
        <g key={top}>
          <rect
            fill="var(--panel)"
            stroke="var(--ink)"
            strokeWidth={1.5}
            x="50"
            y={top}
            width="120"
            height="30"
            rx="6"
          />
          <text {...centred} x="110" y={top + 15}>
            {words.weightLayer}
          </text>
        </g>
      ))}
      <text {...small} x="122" y="88">
        {words.relu}
      </text>
      <text {...small} x="122" y="198">
        {words.relu}
      </text>
      <circle fill="var(--panel)" stroke="var(--network-b)" strokeWidth={2.5} cx="110" cy="164" r="12" />
      <text {...centred} x="110" y="164">
        +
      </text>
      <text {...small} x="100" y="14" textAnchor="end">
        x
      </text>
      <text {...strong} x="0" y="148">
        {name('F(x)', block?.branch)}
      </text>
      <text {...strong} x="246" y="98">
        {block ? 'std x' : 'x'}
      </text>
      {block && (
        <text {...strong} x="246" y="114">
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

/** In units of its own: it is drawn as wide as the card is. */
const box = { width: 320, height: 112, rem: 16 };
const margins = { left: 1.75, right: 0.25, top: 0.625, bottom: 1.75 };

const equal = [
  { value: 0, label: '0' },
  { value: 1, label: '1' },
];

/** The ratio of every block as a bar. */
function Ratios({ blocks, index }: RatiosProps) {
  const ratios = blocks.map(({ branch, trunk }) => branch / trunk);
  const highest = Math.max(1, ...ratios.filter(Number.isFinite));
  const plane = usePlaneIn(
    box,
    cellAxis(ratios.length, '', () => []),
    valueAxis({ kind: 'linear', min: 0, max: highest }, '', () => equal),
    margins,
  );
  const { area, x, y } = plane;
  const [first, last] = [ratios[0] ?? Number.NaN, ratios.at(-1) ?? Number.NaN];
  const ends = [words.perBlock(1, exact(first)), words.perBlock(ratios.length, exact(last))].join(', ');
  return (
    <PlaneContext value={plane}>
      <svg
        className="block-ratios full"
        viewBox={`0 0 ${box.width} ${box.height}`}
        role="img"
        aria-label={`${words.chart}: ${ends}`}
      >
        <Axes ground="grid" />
        {ratios.map((ratio, i) => {
          const top = y.at(Math.min(ratio, highest)).px;
          return (
            <rect
              key={blocks[i]?.layer}
              fill="var(--network-a)"
              opacity={i === index ? 1 : 0.55}
              x={x.at(i + 1).px - x.unit / 2 + 1}
              width={Math.max(1, x.unit - 2)}
              y={top}
              height={area.bottom - top}
            />
          );
        })}
        <text className="chart-tick" x={area.left} y={104}>
          {words.chart}
        </text>
      </svg>
    </PlaneContext>
  );
}
