import { Suspense, useMemo, useState } from 'react';
import { laterText } from '../messages/laterText.ts';
import { text } from '../messages/messages.ts';
import { useImageFormat, useLab } from '../session/hooks.ts';
import { Segmented } from '../ui/Segmented.tsx';
import { SelectField } from '../ui/SelectField.tsx';
import { ProgramText } from './ProgramText.tsx';
import { type Framework, frameworks, programOf } from './program.ts';
import { Reproduction } from './Reproduction.tsx';
import { Weights } from './Weights.tsx';

const words = laterText.code;

const options = frameworks.map((key) => ({ key, label: words.frameworks[key] }));

const contents = (['network', 'run'] as const).map((key) => ({ key, label: words.contents[key] }));

/** A network of the page as a program, in one of three frameworks; in PyTorch, the run as well. */
export function CodeTabs() {
  const networks = useLab(({ experiment }) => experiment.networks);
  const format = useImageFormat();
  const input = useLab(({ experiment }) => experiment.training.input);
  const statistics = useLab(({ dataSet }) => dataSet?.statistics ?? null);
  const [framework, setFramework] = useState<Framework>('pytorch');
  const [content, setContent] = useState<'network' | 'run'>('network');
  // The last one: where twins stand side by side, it is the residual one.
  const [chosen, setChosen] = useState<number | null>(null);
  const names = useMemo(() => text.names.networks(networks, format.size, true), [networks, format]);
  const index = Math.min(chosen ?? networks.length - 1, networks.length - 1);
  const network = networks[index];
  const name = names[index] ?? '';
  const program = useMemo(
    () =>
      network ? programOf(framework, network, format, name, { input, statistics: statistics?.[format.size] }) : '',
    [framework, network, format, name, input, statistics],
  );
  // The program of a run fetches its images, which those that somebody has brought cannot be.
  const hasRun = framework === 'pytorch' && format.data === undefined;
  const isRun = hasRun && content === 'run';
  return (
    <div className="column">
      <div className="row">
        <Segmented label={words.framework} isLabelHidden options={options} value={framework} onChange={setFramework} />
        {hasRun && (
          <Segmented label={words.content} isLabelHidden options={contents} value={content} onChange={setContent} />
        )}
        {!isRun && networks.length > 1 && (
          <SelectField
            label={words.network}
            isLabelHidden
            options={names.map((label, i) => ({ key: String(i), label }))}
            value={String(index)}
            onChange={(key) => setChosen(Number(key))}
          />
        )}
      </div>
      {isRun ? (
        <Suspense>
          <Reproduction />
        </Suspense>
      ) : (
        <ProgramText name={words.region(words.frameworks[framework], name)} program={program} />
      )}
      {framework === 'pytorch' && !isRun && <Weights index={index} name={name} />}
    </div>
  );
}
