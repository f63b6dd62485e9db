import { exact, percent } from '../../../charts/format/number.ts';
import type { ConfusedImage, ConfusionReport } from '../../../measurements/reports/confusion.ts';
import { text } from '../../../messages/messages.ts';
import { Button } from '../../../ui/Button.tsx';
import { Pixels } from '../../../ui/Pixels.tsx';

const words = text.inside.worst;
const classes = text.data.classes;

interface WorstImagesProps {
  readonly report: ConfusionReport;
  readonly onShow: (image: number) => void;
}

/** The test images of which a network is most wrong, each a button that leads to it. */
export function WorstImages({ report, onShow }: WorstImagesProps) {
  const { worst, size, undecided } = report;
  const none = undecided.some((count) => count > 0) ? words.undecided : words.none;
  const remark = worst.length > 0 ? words.subtitle : none;
  return (
    <section className="worst" aria-label={words.title}>
      <h2 className="chart-title">{words.title}</h2>
      <p className="chart-subtitle">{remark}</p>
      <ul className="worst-images">
        {worst.map((each) => (
          <li key={each.image}>
            <Worst each={each} size={size} onShow={onShow} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WorstProps {
  readonly each: ConfusedImage;
  readonly size: number;
  readonly onShow: (image: number) => void;
}

function Worst({ each, size, onShow }: WorstProps) {
  const { image, label, predicted, pixels, loss, probability } = each;
  const [own, taken] = [classes[label] ?? '', classes[predicted] ?? ''];
  const figures = [percent(probability), exact(loss)] as const;
  return (
    <Button
      className="worst-image"
      aria-label={words.show(image, own, taken, ...figures)}
      onPress={() => onShow(image)}
    >
      <Pixels levels={pixels} size={size} label={null} />
      <span>{words.taken(own, taken)}</span>
      <span className="worst-figures">{words.figures(...figures)}</span>
    </Button>
  );
}
