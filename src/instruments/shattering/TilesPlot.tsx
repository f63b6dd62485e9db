import { useMemo } from 'react';
import { text } from '../../messages/messages.ts';
import type { Box } from '../../plot/area.ts';
import { networkLooks } from '../../plot/looks.ts';
import { Shape } from '../../plot/marks.tsx';
import { gradientPixels, greyPixels, type ShatteredNetwork } from './gradients.ts';
import { LINE_POINTS } from './report.ts';
import { TilesCanvas } from './TilesCanvas.tsx';
import { cornerOf, type TilesLayout, tilesLayout } from './tiles.ts';

const words = text.shattering.tiles;

interface TilesPlotProps {
  readonly box: Box;
  readonly networks: readonly ShatteredNetwork[];
  /** The point that is pointed at, counted from 1. */
  readonly cursorAt: number | null;
}

/** The images and the gradients in bands, with the point at the cursor outlined in each. */
export function TilesPlot({ box, networks, cursorAt }: TilesPlotProps) {
  const layout = useMemo(() => tilesLayout(box, networks.length + 1, LINE_POINTS), [box, networks.length]);
  const { size, line } = networks[0]?.report ?? { size: 1, line: new Uint8Array(LINE_POINTS) };
  const bands = useMemo(
    () => [greyPixels(line), ...networks.map(({ report }) => gradientPixels(report))],
    [networks, line],
  );
  const { width, height, rem } = box;
  return (
    <>
      <TilesCanvas {...{ bands, size, layout, width, height }} />
      <svg className="chart-svg" width={width} height={height} aria-hidden="true">
        <Heading layout={layout} band={0} rem={rem} name={words.images} />
        {networks.map(({ id, name }, index) => (
          <g key={id}>
            <Shape look={networkLooks[id]} x={0.4 * rem} y={(index + 1) * layout.band + 0.9 * rem} />
            <Heading layout={layout} band={index + 1} rem={rem} name={name} x={1.1 * rem} />
          </g>
        ))}
        <Points layout={layout} box={box} bands={networks.length + 1} />
        {cursorAt !== null &&
          bands.map((_, band) => {
            const { x, y } = cornerOf(layout, band, cursorAt - 1);
            return <rect key={band} className="chart-outline" {...{ x, y }} width={layout.side} height={layout.side} />;
          })}
      </svg>
    </>
  );
}

interface HeadingProps {
  readonly layout: TilesLayout;
  readonly band: number;
  readonly rem: number;
  readonly name: string;
  readonly x?: number;
}

function Heading({ layout, band, rem, name, x = 0 }: HeadingProps) {
  return (
    <text className="chart-axis-label" x={x} y={band * layout.band + 0.9 * rem} dominantBaseline="central">
      {name}
    </text>
  );
}

/** What stands side by side, below the last band, with the numbers of the points where a band is one row. */
function Points({ layout, box, bands }: { readonly layout: TilesLayout; readonly box: Box; readonly bands: number }) {
  const { columns, rows, side, band } = layout;
  const bottom = bands * band;
  const numbered = rows > 1 ? [] : [1, 9, 17, 25, 33];
  return (
    <g>
      {numbered.map((point) => (
        <text
          key={point}
          className="chart-tick"
          x={(point - 0.5) * side}
          y={bottom + 0.9 * box.rem}
          textAnchor="middle"
        >
          {point}
        </text>
      ))}
      <text
        className="chart-axis-label"
        x={(columns * side) / 2}
        y={bottom + (rows > 1 ? 1.2 : 1.9) * box.rem}
        textAnchor="middle"
      >
        {rows > 1 ? words.acrossRows : words.across}
      </text>
    </g>
  );
}
